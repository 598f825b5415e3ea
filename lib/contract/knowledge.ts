import { z } from 'zod'
import {
  defaultKnowledgeHits,
  maxApiBodyBytes,
  maxDescriptionChars,
  maxKnowledgeHits,
  maxKnowledgeQueryChars,
  maxModelNameChars,
  maxNameChars,
  maxSourceBodyBytes,
  maxSourceFileBytes,
  maxSourceTextChars,
} from '../limits'
import type { Endpoint } from './endpoint'
import { offsetQuery, pageSizeQuery } from './paging'
import { uuidParam } from './workflows'

// Postgres text holds every character but NUL.
const text = z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character')
const name = text.trim().min(1).max(maxNameChars)

const baseFields = {
  name,
  description: text.max(maxDescriptionChars),
  /** `provider/model` or a bare model; null takes what a provider offers, `none` searches by words only. */
  embedding_model: text.trim().max(maxModelNameChars).nullable(),
}
/** The `embedding_model` of a base whose texts no model is to see. */
export const noEmbeddingModel = 'none'

const createBaseBody = z.object({ ...z.object(baseFields).partial().shape, name })
const updateBaseBody = z
  .object(baseFields)
  .partial()
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    message: 'send at least one of name, description, embedding_model',
  })
export type CreateKnowledgeBaseBody = z.infer<typeof createBaseBody>
export type UpdateKnowledgeBaseBody = z.infer<typeof updateBaseBody>

/** What a source may be sent as. */
const sourceTypes = ['text/plain', 'text/markdown', 'application/pdf'] as const

const createSourceBody = z
  .object({
    name,
    content_type: z.enum(sourceTypes).default('text/plain'),
    text: text.max(maxSourceTextChars).optional(),
    /** The file in base64. */
    data: z
      .string()
      .max(Math.ceil(maxSourceFileBytes / 3) * 4)
      .optional(),
  })
  .refine((body) => (body.text === undefined) !== (body.data === undefined), {
    message: 'send either text, or the file as base64 in data',
  })
export type CreateSourceBody = z.infer<typeof createSourceBody>

// Blocks send the number that a template made as text.
const hitCount = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value),
  z.int().min(1).max(maxKnowledgeHits).default(defaultKnowledgeHits),
)
const searchBody = z.object({
  query: text
    .trim()
    .max(maxKnowledgeQueryChars)
    .refine((value) => value !== '', 'must not be empty'),
  limit: hitCount,
})
export type SearchKnowledgeBody = z.infer<typeof searchBody>

/** A knowledge base as the API shows it. */
export interface KnowledgeBaseItem {
  id: string
  name: string
  description: string
  embedding_model: string | null
  source_count: number
  created_at: string
  updated_at: string
}

/** A source as the list shows it. */
export interface SourceItem {
  id: string
  knowledge_base_id: string
  name: string
  content_type: string
  characters: number
  chunks: number
  /** The model that embedded it, `provider/model`; null where none did: then its words alone are searched. */
  embedded_by: string | null
  created_at: string
}

/** What adding a source answers. */
export interface AddedSource extends SourceItem {
  /** Why it was not embedded; null when it was. */
  not_embedded_because: string | null
}

/** Whether a search compared meanings too, by which model, and why not, or not for all sources. */
export interface MeaningSearch {
  searched: boolean
  model: string | null
  problem: string | null
}

/** What a search answers, best hit first. */
export interface KnowledgeFound {
  hits: KnowledgeHit[]
  meaning: MeaningSearch
}

/** What embedding a base's sources answers. */
export interface EmbeddedSources {
  embedding_model: string
  /** Sources that were embedded now; the others had been. */
  embedded: number
}

/** A piece of a source that a search found; the better of two has the higher score. */
export interface KnowledgeHit {
  source_id: string
  source_name: string
  text: string
  score: number
}

const nothing = z.object({})
const pageQuery = z.object({ limit: pageSizeQuery(), offset: offsetQuery })
const baseParams = z.object({ id: uuidParam })
const sourceParams = z.object({ id: uuidParam, sid: uuidParam })
type PageQuery = z.infer<typeof pageQuery>
export type KnowledgeBaseParams = z.infer<typeof baseParams>
export type SourceParams = z.infer<typeof sourceParams>

const reading = { scope: 'read', body: null, maxBodyBytes: 0, status: 200 } as const
const writing = { scope: 'write', query: nothing, maxBodyBytes: maxApiBodyBytes, status: 200 } as const

export const listKnowledgeBasesEndpoint: Endpoint<object, PageQuery, null> = {
  ...reading,
  params: nothing,
  query: pageQuery,
}
export const createKnowledgeBaseEndpoint: Endpoint<object, object, CreateKnowledgeBaseBody> = {
  ...writing,
  params: nothing,
  body: createBaseBody,
  status: 201,
}
export const getKnowledgeBaseEndpoint: Endpoint<KnowledgeBaseParams, object, null> = {
  ...reading,
  params: baseParams,
  query: nothing,
}
export const updateKnowledgeBaseEndpoint: Endpoint<KnowledgeBaseParams, object, UpdateKnowledgeBaseBody> = {
  ...writing,
  params: baseParams,
  body: updateBaseBody,
}
export const deleteKnowledgeBaseEndpoint: Endpoint<KnowledgeBaseParams, object, null> = {
  ...writing,
  params: baseParams,
  body: null,
  status: 204,
}
export const searchKnowledgeEndpoint: Endpoint<KnowledgeBaseParams, object, SearchKnowledgeBody> = {
  ...writing,
  scope: 'read',
  params: baseParams,
  body: searchBody,
}
export const embedSourcesEndpoint: Endpoint<KnowledgeBaseParams, object, null> = {
  ...writing,
  params: baseParams,
  body: null,
}
export const listSourcesEndpoint: Endpoint<KnowledgeBaseParams, PageQuery, null> = {
  ...reading,
  params: baseParams,
  query: pageQuery,
}
export const createSourceEndpoint: Endpoint<KnowledgeBaseParams, object, CreateSourceBody> = {
  ...writing,
  params: baseParams,
  body: createSourceBody,
  maxBodyBytes: maxSourceBodyBytes,
  status: 201,
}
export const getSourceEndpoint: Endpoint<SourceParams, object, null> = {
  ...reading,
  params: sourceParams,
  query: nothing,
}
export const deleteSourceEndpoint: Endpoint<SourceParams, object, null> = {
  ...writing,
  params: sourceParams,
  body: null,
  status: 204,
}
