import { javascript } from '@codemirror/lang-javascript'

/** How a script in JavaScript is highlighted, and JSON, which is part of it. */
export const grammar = javascript()
