export interface Shortcut {
  keys: string
  does: string
}

/** Keys, and what each does. */
export function KeyList({ shortcuts }: { shortcuts: readonly Shortcut[] }) {
  return (
    <dl className="mt-4 text-[13px]">
      {shortcuts.map(({ keys, does }) => (
        <div key={keys} className="flex justify-between gap-4 border-t border-border py-1.5 first:border-0">
          <dt>{does}</dt>
          <dd className="text-right">
            <kbd className="font-mono text-xs text-muted-foreground">{keys}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  )
}
