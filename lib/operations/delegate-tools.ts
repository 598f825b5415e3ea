import 'server-only'
import type { Member, RunMember } from './perform-orchestration'
import type { AgentTool } from '../models/tool-set'

/** A tool for each member by which a coordinator gives it work. A member that fails is told to the coordinator, who may
 *  ask another. */
export function delegateTools(members: readonly Member[], runMember: RunMember): AgentTool[] {
  const names = new Set<string>()
  return members.map((member) => ({
    name: uniqueName(member.agent.name, names),
    description: [
      `Gives work to the agent ${member.agent.name}.`,
      member.entity.role_description || member.agent.description,
    ]
      .join(' ')
      .trim(),
    inputSchema: {
      type: 'object',
      properties: { task: { type: 'string', description: 'All that the agent needs to know' } },
      required: ['task'],
    },
    async run(input, signal) {
      const task = input['task']
      const { output } = await runMember(member, typeof task === 'string' ? task : JSON.stringify(task), signal)
      return output
    },
  }))
}

function uniqueName(agentName: string, taken: Set<string>): string {
  const base = `delegate_to_${agentName.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 45)}`
  let name = base
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`
  taken.add(name)
  return name
}
