import { unknownPath } from '@/lib/http/methods'

/** Every path under `/api` that is no route. */
export const GET = unknownPath
export const HEAD = unknownPath
export const POST = unknownPath
export const PUT = unknownPath
export const PATCH = unknownPath
export const DELETE = unknownPath
export const OPTIONS = unknownPath
