import 'server-only'
import { agentOperations, orchestrationOperations, sessionOperations } from './platform-agents'
import { databaseOperations } from './platform-database'
import { knowledgeBaseOperations, sourceOperations } from './platform-knowledge'
import type { PlatformResource } from './platform-offers'
import { executionOperations, workflowOperations } from './platform-workflows'

/** Every resource and operation, under the names the block's definition lists. */
export const platformOperations: Record<string, PlatformResource> = {
  agents: agentOperations,
  orchestrations: orchestrationOperations,
  workflows: workflowOperations,
  executions: executionOperations,
  knowledge_bases: knowledgeBaseOperations,
  sources: sourceOperations,
  sessions: sessionOperations,
  database: databaseOperations,
}
