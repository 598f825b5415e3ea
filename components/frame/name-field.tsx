import type { ComponentProps } from 'react'
import { Field } from '@/components/ui/field'
import { maxNameChars } from '@/lib/limits'

/** Asks for the name of something; blanks are none. */
export function NameField(input: Omit<ComponentProps<typeof Field>, 'label'>) {
  return (
    <Field
      label="Name"
      required
      pattern=".*\S.*"
      title="At least one character that is no blank"
      maxLength={maxNameChars}
      autoComplete="off"
      {...input}
    />
  )
}
