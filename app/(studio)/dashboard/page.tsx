import { ChartNoAxesColumn } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { DashboardFigures } from '@/components/dashboard/dashboard-figures'
import { HourlyChart } from '@/components/dashboard/hourly-chart'
import { PeriodChoice, readPeriod } from '@/components/dashboard/period-choice'
import { WorkflowRanking } from '@/components/dashboard/workflow-ranking'
import { sayDuration } from '@/components/executions/duration'
import { KeepFresh } from '@/components/frame/keep-fresh'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { createStatsReader } from '@/lib/operations/read-stats'
import { pageCall } from '../page-call'

export const metadata: Metadata = { title: 'Dashboard' }

const readStats = createStatsReader()

type Search = Record<string, string | string[] | undefined>

export default async function DashboardPage({ searchParams }: { searchParams: Promise<Search> }) {
  const hours = readPeriod((await searchParams)['hours'])
  const stats = await readStats(await pageCall({ params: {}, query: { hours } }))
  return (
    <main className="mx-auto w-full max-w-6xl px-6 py-8">
      <KeepFresh />
      <div className="mb-5 flex items-center justify-between gap-3">
        <h1 className="text-lg font-semibold">Dashboard</h1>
        <PeriodChoice hours={hours} />
      </div>
      {stats.total === 0 ? (
        <EmptyState
          icon={ChartNoAxesColumn}
          title="Nothing ran in this time"
          action={
            <Link href="/" className={buttonClass('primary')}>
              Show workflows
            </Link>
          }
        >
          How many executions there were, how they ended and how long they took is shown here.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <DashboardFigures stats={stats} />
          <HourlyChart stats={stats} />
          <div className="grid gap-4 lg:grid-cols-2">
            <WorkflowRanking
              title="Slowest workflows"
              figure="95 of 100 at most"
              rows={stats.slowest.map((row) => ({ ...row, value: sayDuration(row.p95_ms) }))}
            />
            <WorkflowRanking
              title="Failing most"
              figure="Failed"
              rows={stats.most_failing.map((row) => ({ ...row, value: `${row.failed} of ${row.executions}` }))}
            />
          </div>
        </div>
      )}
    </main>
  )
}
