'use client'

import { Blocks, Braces, ChevronRight, Globe, Plus, Workflow, X, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { newTool, type ToolDraft } from '@/lib/editor/agent-draft'
import { ToolFields } from './tool-fields'

const kinds: Record<ToolDraft['type'], { title: string; icon: LucideIcon }> = {
  http: { title: 'HTTP request', icon: Globe },
  code: { title: 'Code', icon: Braces },
  workflow: { title: 'Workflow', icon: Workflow },
  mcp: { title: 'MCP server', icon: Blocks },
}
const kindNames = ['http', 'code', 'workflow', 'mcp'] as const

/** What an agent may use. */
export function ToolsPart(props: {
  tools: readonly ToolDraft[]
  canEdit: boolean
  onChange: (tools: readonly ToolDraft[]) => void
}) {
  const { tools, canEdit, onChange } = props
  const add = (type: ToolDraft['type']) =>
    onChange([...tools, newTool(type, Math.max(-1, ...tools.map(({ key }) => key)) + 1)])
  return (
    <section aria-label="Tools" className="rounded-lg border border-border bg-card p-4 shadow-card">
      <div className="mb-3 flex items-center justify-between gap-3">
        <div>
          <h2 className="text-sm font-semibold">Tools</h2>
          <p className="mt-0.5 text-xs text-muted-foreground">What the model may call while it answers.</p>
        </div>
        {canEdit && (
          <Menu
            trigger={
              <Button>
                <Plus aria-hidden />
                Add a tool
              </Button>
            }
          >
            {kindNames.map((type) => (
              <MenuItem key={type} icon={kinds[type].icon} onSelect={() => add(type)}>
                {kinds[type].title}
              </MenuItem>
            ))}
          </Menu>
        )}
      </div>
      {tools.length === 0 && <p className="text-[13px] text-muted-foreground">No tools: the model only talks.</p>}
      <ul className="flex flex-col gap-2">
        {tools.map((tool) => (
          <ToolCard
            key={tool.key}
            tool={tool}
            canEdit={canEdit}
            onChange={(change) => onChange(tools.map((one) => (one === tool ? { ...one, ...change } : one)))}
            onRemove={() => onChange(tools.filter((one) => one !== tool))}
          />
        ))}
      </ul>
    </section>
  )
}

function ToolCard(props: {
  tool: ToolDraft
  canEdit: boolean
  onChange: (change: Partial<ToolDraft>) => void
  onRemove: () => void
}) {
  const { tool, canEdit, onChange, onRemove } = props
  const { title, icon: Icon } = kinds[tool.type]
  const name = tool.name.trim() || tool.url || `New: ${title}`
  // A new tool is open: it has to be filled in. One that is stored opens when somebody asks.
  const [isNew] = useState(tool.name === '' && tool.url === '' && tool.workflowId === '')
  return (
    <li aria-label={name} className="relative">
      <details open={isNew} className="group rounded-md border border-border bg-background">
        <summary className="flex h-10 cursor-pointer items-center gap-2 rounded-md pr-12 pl-3 text-[13px] focus-visible:outline-2 focus-visible:outline-ring [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted-foreground group-open:rotate-90" />
          <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate font-mono text-xs">{name}</span>
          <span className="ml-auto shrink-0 text-xs text-muted-foreground">{title}</span>
        </summary>
        <div className="border-t border-border bg-card px-3 pt-3">
          <ToolFields tool={tool} canEdit={canEdit} onChange={onChange} />
        </div>
      </details>
      {canEdit && (
        <Button
          variant="quiet"
          aria-label={`Remove ${name}`}
          className="absolute top-1 right-1.5 w-8 px-0"
          onClick={onRemove}
        >
          <X aria-hidden />
        </Button>
      )}
    </li>
  )
}
