import type { ComponentType } from 'react'
import { CopilotPanel } from '@/components/copilot/copilot-panel'
import { PublishPanel } from '@/components/publish/publish-panel'

/** Panels on the right, by the name `editor.setView({ panel })` opens them with. Each draws itself, its heading included;
 *  while one is open it stands in place of the inspector. */
export const sidePanels: Readonly<Record<string, ComponentType>> = {
  copilot: CopilotPanel,
  publish: PublishPanel,
}
