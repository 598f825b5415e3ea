import 'server-only'
import { version } from '../../package.json'
import { getApp } from './app'
import { apiDocument, type ApiDocument } from '../contract/api-document'

/** What this server offers over HTTP, as OpenAPI. */
export function readApiDocument(): ApiDocument {
  return apiDocument(getApp().api, version)
}
