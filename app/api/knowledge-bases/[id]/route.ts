import {
  deleteKnowledgeBaseEndpoint,
  getKnowledgeBaseEndpoint,
  updateKnowledgeBaseEndpoint,
} from '@/lib/contract/knowledge'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { deleteKnowledgeBase, getKnowledgeBase, updateKnowledgeBase } from '@/lib/operations/knowledge-bases'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(getKnowledgeBaseEndpoint, getKnowledgeBase),
  PATCH: route(updateKnowledgeBaseEndpoint, updateKnowledgeBase),
  DELETE: route(deleteKnowledgeBaseEndpoint, deleteKnowledgeBase),
})
