import { isJsonObject, type Json } from '../contract/json'
import { maxSnippetBodyChars } from '../limits'

/** A call of a webhook: its address, its secret, and what is sent. */
export interface WebhookCall {
  url: string
  secret: string
  body: Json
}

/** What a call sends for an example: the first value of a few that says something and is short enough to paste. */
export function exampleBody(known: readonly (Json | undefined)[]): Json {
  return known.find(isExample) ?? { hello: 'world' }
}

function isExample(value: Json | undefined): boolean {
  const isFilled = (Array.isArray(value) || isJsonObject(value)) && Object.keys(value).length > 0
  return isFilled && JSON.stringify(value).length <= maxSnippetBodyChars
}

/** The ways of calling a webhook that can be pasted somewhere and work as they are. */
export const snippets: readonly { id: string; title: string; of: (call: WebhookCall) => string }[] = [
  { id: 'curl', title: 'curl', of: curlOf },
  { id: 'fetch', title: 'fetch', of: fetchOf },
  { id: 'python', title: 'Python', of: pythonOf },
]

/** A shell command. */
export function curlOf({ url, secret, body }: WebhookCall): string {
  return [
    `curl -X POST ${quoted(url)}`,
    `-H ${quoted(`Authorization: Bearer ${secret}`)}`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ')
}

/** JavaScript for a module, in browsers and in Node. */
export function fetchOf({ url, secret, body }: WebhookCall): string {
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: {
    Authorization: ${JSON.stringify(`Bearer ${secret}`)},
    'Content-Type': 'application/json',
  },
  body: JSON.stringify(${JSON.stringify(body)}),
})
console.log(response.status, await response.text())`
}

/** Python 3, with nothing but its standard library. */
export function pythonOf({ url, secret, body }: WebhookCall): string {
  // JSON's escapes are all escapes of Python's strings too.
  return `import json
import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    data=json.dumps(${inPython(body)}).encode(),
    headers={
        "Authorization": ${JSON.stringify(`Bearer ${secret}`)},
        "Content-Type": "application/json",
    },
    method="POST",
)
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`
}

/** JSON in Python's words: only true, false and null are written otherwise. */
function inPython(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`
  if (isJsonObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${inPython(item)}`)
      .join(', ')}}`
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return JSON.stringify(value)
}

/** Source: POSIX shell, "Single-Quotes". */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
