import 'server-only'
import { getApp } from './app'
import { Answer } from '../contract/endpoint'

/** Reads this process's figures in Prometheus' text format. */
export async function readMetrics(): Promise<Answer> {
  const { text, contentType } = await getApp().metrics.read()
  return new Answer(200, { bytes: text }, { 'content-type': contentType, 'cache-control': 'no-store' })
}
