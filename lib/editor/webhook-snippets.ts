/** A webhook's address and secret. */
export interface WebhookCall {
  url: string
  secret: string
}

/** The ways of calling a webhook that can be pasted somewhere and work as they are. */
export const snippets: readonly { id: string; title: string; of: (call: WebhookCall) => string }[] = [
  { id: 'curl', title: 'curl', of: curlOf },
  { id: 'fetch', title: 'fetch', of: fetchOf },
  { id: 'python', title: 'Python', of: pythonOf },
]

/** A shell command. */
export function curlOf({ url, secret }: WebhookCall): string {
  return [
    `curl -X POST ${quoted(url)}`,
    `-H ${quoted(`Authorization: Bearer ${secret}`)}`,
    `-H 'Content-Type: application/json'`,
    `-d '{"hello": "world"}'`,
  ].join(' \\\n  ')
}

/** JavaScript for a module, in browsers and in Node. */
export function fetchOf({ url, secret }: WebhookCall): string {
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: {
    Authorization: ${JSON.stringify(`Bearer ${secret}`)},
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({ hello: 'world' }),
})
console.log(response.status, await response.text())`
}

/** Python 3, with nothing but its standard library. */
export function pythonOf({ url, secret }: WebhookCall): string {
  // JSON's escapes are all escapes of Python's strings too.
  return `import json
import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    data=json.dumps({"hello": "world"}).encode(),
    headers={
        "Authorization": ${JSON.stringify(`Bearer ${secret}`)},
        "Content-Type": "application/json",
    },
    method="POST",
)
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())`
}

/** Source: POSIX shell, "Single-Quotes". */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
