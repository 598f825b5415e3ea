'use client'

import NextLink from 'next/link'
import { useState, type ComponentProps } from 'react'

/** A link within the studio. The page behind it is fetched ahead once the pointer or the focus comes to it. Not all that are
 *  in view: the server would make a dozen pages nobody asked for, just while this one opens. */
export function Link(props: ComponentProps<typeof NextLink>) {
  const [isNear, setIsNear] = useState(false)
  const approach = () => setIsNear(true)
  return <NextLink prefetch={isNear ? null : false} onPointerEnter={approach} onFocus={approach} {...props} />
}
