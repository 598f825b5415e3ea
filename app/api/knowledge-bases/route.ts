import { createKnowledgeBaseEndpoint, listKnowledgeBasesEndpoint } from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { createKnowledgeBase, listKnowledgeBases } from '@/lib/operations/knowledge-bases'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listKnowledgeBasesEndpoint, listKnowledgeBases),
  POST: route(createKnowledgeBaseEndpoint, createKnowledgeBase),
})
