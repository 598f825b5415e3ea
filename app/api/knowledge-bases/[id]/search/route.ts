import { searchKnowledgeEndpoint } from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { searchKnowledge } from '@/lib/operations/search-knowledge'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(searchKnowledgeEndpoint, searchKnowledge),
})
