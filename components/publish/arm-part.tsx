'use client'

import { useEffect, useState } from 'react'
import { useCanEdit, useFacts } from '@/components/editor/workflow-context'
import { Button } from '@/components/ui/button'
import { armWindowMinutes } from '@/lib/limits'
import { CaughtCall } from './caught-call'
import { CountdownRing } from './countdown-ring'
import { useArmWindow } from './use-arm-window'

/** One test call: the draft runs, exactly once, within ten minutes. */
export function ArmPart() {
  const isDeployed = useFacts((facts) => facts.state === 'deployed')
  const canEdit = useCanEdit()
  const { armedUntil, caught, isBusy, arm, disarm } = useArmWindow()
  const secondsLeft = useSecondsLeft(armedUntil)
  if (isDeployed) return <p className="text-muted-foreground">While deployed, every call runs the live version.</p>
  return (
    <div className="space-y-3">
      {secondsLeft === null ? (
        <>
          {!caught && <p className="text-muted-foreground">Arm it to let in exactly one call that runs the draft.</p>}
          {caught && <CaughtCall call={caught} />}
          {canEdit && (
            <Button variant={caught ? 'outline' : 'primary'} disabled={isBusy} onClick={() => void arm()}>
              {caught ? 'Arm again' : 'Arm for one call'}
            </Button>
          )}
        </>
      ) : (
        <div className="flex items-center gap-3 rounded-md border border-border bg-muted p-3">
          <CountdownRing secondsLeft={secondsLeft} ofSeconds={armWindowMinutes * 60} />
          <p role="status" className="min-w-0 flex-1">
            <span className="block font-medium">Waiting for a call</span>
            <span className="text-xs">The first one with the right secret runs the draft.</span>
          </p>
          {canEdit && (
            <Button disabled={isBusy} onClick={() => void disarm()}>
              Disarm
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

/** Seconds until a time, null once it is past. */
function useSecondsLeft(until: string | null): number | null {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (until === null) return
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [until])
  if (until === null) return null
  const left = Math.ceil((Date.parse(until) - nowMs) / 1_000)
  return left > 0 ? Math.min(left, armWindowMinutes * 60) : null
}
