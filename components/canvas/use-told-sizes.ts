import { useStoreApi } from '@xyflow/react'
import { useState } from 'react'

/** Keeps xyflow from measuring cards and handles in the page. Each is as large as it was told and stands where it was told;
 *  a card from afar has no handles to be found, so its edges would be lost, and measuring a thousand cards takes its time. */
export function useToldSizes(): void {
  const flow = useStoreApi()
  // Before the first card is drawn: xyflow takes what measures it once.
  useState(() => flow.setState({ updateNodeInternals: () => {} }))
}
