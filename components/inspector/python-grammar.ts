import { python } from '@codemirror/lang-python'

/** How a script in Python is highlighted. */
export const grammar = python()
