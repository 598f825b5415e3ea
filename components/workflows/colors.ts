/** Colours a workflow can be marked with. Stored as they stand here. */
export const workflowColors = [
  { value: '', word: 'None' },
  { value: '#c2410c', word: 'Orange' },
  { value: '#b45309', word: 'Amber' },
  { value: '#15803d', word: 'Green' },
  { value: '#0e7490', word: 'Teal' },
  { value: '#2563eb', word: 'Blue' },
  { value: '#7c3aed', word: 'Violet' },
  { value: '#be185d', word: 'Pink' },
] as const
