import type { ComponentProps } from 'react'

/** A choice out of a list, the browser's own: it works with every keyboard and screen reader. */
export function Select({
  label,
  choices,
  ...rest
}: ComponentProps<'select'> & { label: string; choices: readonly { value: string; word: string }[] }) {
  return (
    <select
      aria-label={label}
      className="h-8 rounded-md border border-input bg-card px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring"
      {...rest}
    >
      {choices.map(({ value, word }) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  )
}

/** A choice with its label above it. */
export function LabelledSelect(props: ComponentProps<typeof Select>) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span aria-hidden className="text-[13px] font-medium">
        {props.label}
      </span>
      <Select {...props} />
    </div>
  )
}
