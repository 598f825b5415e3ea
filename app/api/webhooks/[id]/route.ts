import { webhookEndpoint } from '@/lib/contract/runs'
import { methods } from '@/lib/http/methods'
import { route } from '@/lib/http/route'
import { receiveWebhook } from '@/lib/operations/receive-webhook'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(webhookEndpoint, receiveWebhook),
})
