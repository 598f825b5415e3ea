import type { ComponentProps } from 'react'

/** One of a few choices that need a word of explanation; those of one `name` exclude each other. */
export function ChoiceCard({ title, about, ...input }: ComponentProps<'input'> & { title: string; about: string }) {
  return (
    <label className="block rounded-md border border-border p-3 has-checked:border-primary has-checked:bg-muted has-focus-visible:outline-2 has-focus-visible:outline-ring">
      <input type="radio" className="sr-only" {...input} />
      <span className="text-[13px] font-medium">{title}</span>
      <span className="mt-0.5 block text-xs text-muted-foreground">{about}</span>
    </label>
  )
}
