import { useId, type ComponentProps } from 'react'

/** A labelled field of several lines; it grows with its text. */
export function TextArea(props: ComponentProps<'textarea'> & { label: string; hint?: string; isMono?: boolean }) {
  const { label, hint, isMono = false, ...area } = props
  const id = useId()
  return (
    <div className="mb-4">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={hint && `${id}-hint`}
        className={`mt-1.5 block field-sizing-content max-h-96 w-full resize-none rounded-md border border-input bg-background px-2.5 py-2 text-[13px] leading-5 focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring ${isMono ? 'font-mono text-xs' : ''}`}
        {...area}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted-foreground">
          {hint}
        </p>
      )}
    </div>
  )
}
