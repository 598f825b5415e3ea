import { mcpEndpoint } from '@/lib/contract/mcp'
import { createMcpHandler } from '@/lib/http/mcp'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { callDeployedTool } from '@/lib/operations/call-deployed-tool'
import { listDeployedTools } from '@/lib/operations/list-deployed-tools'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(mcpEndpoint, createMcpHandler({ list: listDeployedTools, call: callDeployedTool })),
})
