'use client'

import { RotateCcw, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Tabs } from '@/components/ui/tabs'
import type { BlockLog } from '@/lib/contract/execution'
import { AgentDetails } from './agent-details'
import { DataView } from './data-view'

/** What a block was given and what it made of it. */
export function BlockDetails(props: { log: BlockLog; isStopped: boolean; onRunFrom: (() => void) | null }) {
  const { log, isStopped, onRunFrom } = props
  const name = log.block_name || log.block_id
  return (
    <section
      aria-label={`Data of ${name}`}
      className="rounded-lg border border-border bg-card p-4 text-[13px] shadow-card"
    >
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="min-w-0 truncate font-semibold">
          {name} <span className="font-mono text-xs font-normal text-muted-foreground">{log.block_type}</span>
        </h2>
        {onRunFrom && log.status !== 'skipped' && (
          <Button onClick={onRunFrom}>
            <RotateCcw aria-hidden />
            Run from here
          </Button>
        )}
      </div>
      {log.status === 'skipped' && <p className="mb-3 text-muted-foreground">Skipped: {log.skip_reason}</p>}
      {log.error !== null && (
        <p
          className={`mb-3 rounded-md border px-3 py-2 break-words ${isStopped ? 'border-border text-muted-foreground' : 'border-danger text-danger'}`}
        >
          {log.error}
        </p>
      )}
      {log.warnings.map((warning) => (
        <p key={warning} className="mb-3 flex gap-2 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {warning}
        </p>
      ))}
      <AgentDetails data={log.output} />
      <Tabs
        label="Data"
        tabs={[
          {
            id: 'output',
            title: 'Output',
            content: <DataView label="Output" value={log.output} root={log.block_id} />,
          },
          { id: 'input', title: 'Input', content: <DataView label="Input" value={log.input} root={null} /> },
          {
            id: 'config',
            title: 'Config',
            content: <DataView label="Config" value={log.config_snapshot} root={null} />,
          },
        ]}
      />
    </section>
  )
}
