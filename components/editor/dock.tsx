'use client'

import { Activity, CircleAlert, CircleCheck, Play, TriangleAlert, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { Button } from '@/components/ui/button'
import { loadLater } from '@/components/ui/load-later'
import { ProblemsPanel } from './problems-panel'
import { RunPanel } from './run-panel'
import { RunStatus } from './run-status'
import { useProblems, useSetStage, useStage } from './workflow-context'

// Loaded when it is first opened: a list of what was is not needed to draw.
const ExecutionsPanel = dynamic(
  loadLater(() => import('./executions-panel').then((module) => module.ExecutionsPanel)),
  { ssr: false, loading: () => <div aria-busy className="h-72" /> },
)

/** Below the canvas: running the workflow, what is wrong with it, and how it ran before. Its bar is always there. */
export function Dock() {
  const dock = useStage((stage) => stage.dock)
  const setStage = useSetStage()
  const problemCount = useProblems(({ list }) => list.length)
  const errorCount = useProblems((problems) => problems.errorCount)
  const tab = (id: 'run' | 'problems' | 'executions') => ({
    'aria-expanded': dock === id,
    'aria-controls': 'dock-panel',
    className: `-mb-px flex h-9 items-center gap-1.5 border-b-2 px-1 whitespace-nowrap text-[13px] focus-visible:outline-2 focus-visible:outline-ring ${dock === id ? 'border-primary font-medium' : 'border-transparent text-muted-foreground hover:text-foreground'}`,
    onClick: () => setStage({ dock: dock === id ? null : id }),
  })
  const ProblemIcon = errorCount > 0 ? CircleAlert : problemCount > 0 ? TriangleAlert : CircleCheck
  const tone = errorCount > 0 ? 'text-danger' : problemCount > 0 ? 'text-warning' : ''
  return (
    <section aria-label="Runs and problems" className="shrink-0 border-t border-border bg-card">
      <div className="flex flex-wrap items-center gap-x-3 border-b border-border px-4 select-none">
        <button type="button" {...tab('run')}>
          <Play aria-hidden className="size-3.5" />
          Run
        </button>
        <button type="button" {...tab('problems')}>
          <ProblemIcon aria-hidden className={`size-3.5 ${tone}`} />
          {problemCount === 0 ? 'No problems' : problemCount === 1 ? '1 problem' : `${problemCount} problems`}
        </button>
        <button type="button" {...tab('executions')}>
          <Activity aria-hidden className="size-3.5" />
          Executions
        </button>
        <div className="ml-auto flex items-center gap-3">
          <RunStatus />
          {dock !== null && (
            <Button
              variant="quiet"
              aria-label="Close the panel"
              className="-mr-2 w-8 px-0"
              onClick={() => setStage({ dock: null })}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      </div>
      <div id="dock-panel">
        {dock === 'run' && <RunPanel />}
        {dock === 'problems' && <ProblemsPanel />}
        {dock === 'executions' && <ExecutionsPanel />}
      </div>
    </section>
  )
}
