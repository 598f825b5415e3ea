'use client'

import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useCanEdit } from '@/components/editor/workflow-context'
import { Button, buttonClass } from '@/components/ui/button'
import { SearchedSelect } from '@/components/ui/searched-select'
import type { ResourceName } from '@/lib/contract/field-meta'
import { isUuid } from '@/lib/contract/ids'
import { useEditor } from '@/lib/editor/editor-context'
import { useResources } from '@/lib/editor/use-resources'
import { TemplateField, textOfValue } from './template-field'
import { useWriteField, type ControlProps } from './use-write-field'

/** The id of something saved, chosen by its name, or a reference that gives one when the workflow runs. */
export function ResourceField(props: ControlProps & { resource: ResourceName }) {
  const { id, block, field, resource, isInvalid, describedBy } = props
  const editor = useEditor()
  const canEdit = useCanEdit()
  const write = useWriteField(block, field)
  const value = textOfValue(block.config[field.key])
  const isId: boolean = value === '' || isUuid(value)
  const [isReference, setIsReference] = useState(!isId)
  const shared = { id, isInvalid, describedBy }
  const choose = (chosen: string) => {
    write(chosen === '' ? undefined : chosen)
    editor.endGesture()
  }
  return (
    <>
      {isReference || !isId ? (
        <TemplateField {...shared} blockId={block.id} text={value} lines={1} onText={write} />
      ) : (
        <Choice {...shared} resource={resource} value={value} canEdit={canEdit} onChoose={choose} />
      )}
      <div className="mt-1 -ml-3 flex">
        {canEdit && (
          <Button variant="quiet" disabled={!isId} onClick={() => setIsReference(!isReference)}>
            {isReference || !isId ? 'Choose by name' : 'Use a reference'}
          </Button>
        )}
        {isId && value !== '' && (
          <a href={`/${resource}/${value}`} target="_blank" className={buttonClass('quiet')}>
            <ExternalLink aria-hidden />
            Open<span className="sr-only"> in a new tab</span>
          </a>
        )}
      </div>
    </>
  )
}

function Choice(props: {
  id: string
  isInvalid: boolean
  describedBy: string
  resource: ResourceName
  value: string
  canEdit: boolean
  onChoose: (id: string) => void
}) {
  const { id, isInvalid, describedBy, resource, value, canEdit, onChoose } = props
  // Where they cannot be listed, the id itself is shown, and can be changed as a reference.
  const { listed, problem } = useResources(resource)
  const isListed = value === '' || listed?.some((one) => one.id === value)
  const isKnown = listed !== null || problem !== ''
  return (
    <SearchedSelect
      id={id}
      searchLabel={`Search ${resource}`}
      choices={listed ?? []}
      value={value}
      disabled={!canEdit}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChoose={onChoose}
      className="h-8 w-full rounded-md border border-input bg-background px-2 text-[13px] focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-ring disabled:opacity-60 aria-invalid:border-warning"
    >
      <option value="">{listed?.length === 0 ? 'None are saved yet' : 'None'}</option>
      {!isListed && <option value={value}>{isKnown ? value : 'Loading…'}</option>}
    </SearchedSelect>
  )
}
