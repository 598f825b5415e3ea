'use client'

import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { Fragment, memo, useMemo, type ReactNode } from 'react'
import { maxMarkdownChars, maxMarkdownDepth } from '@/lib/limits'

/** Markdown as elements, never as HTML: markup in it is shown as text, an image as a link, so that nothing is fetched
 *  before somebody clicks. What cannot be read as Markdown is shown as it is. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const tokens = useMemo(() => tokensOf(text), [text])
  return tokens === null ? (
    <p className="whitespace-pre-wrap">{text}</p>
  ) : (
    <div className="flex flex-col gap-2">{shown(tokens, 0)}</div>
  )
})

function tokensOf(text: string): readonly Token[] | null {
  if (text.length > maxMarkdownChars) return null
  try {
    return lexer(text)
  } catch {
    // Quotes in quotes a thousand deep.
    return null
  }
}

function shown(tokens: readonly Token[] | undefined, depth: number): ReactNode {
  // An index is what tells tokens apart: a text that grows keeps those it had.
  return tokens?.map((token, index) => (
    // The lexer has no extensions, so all its tokens are its own.
    <Fragment key={index}>{depth > maxMarkdownDepth ? token.raw : elementOf(token as MarkedToken, depth + 1)}</Fragment>
  ))
}

function elementOf(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{shown(token.tokens, depth)}</p>
    case 'heading':
      return <p className="mt-1 font-semibold">{shown(token.tokens, depth)}</p>
    case 'list':
      return listOf(token, depth)
    case 'code':
      return (
        <pre
          tabIndex={0}
          className="overflow-x-auto rounded-md border border-border bg-background p-2.5 font-mono text-xs whitespace-pre focus-visible:outline-2 focus-visible:outline-ring"
        >
          {token.text}
        </pre>
      )
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-border pl-3 text-muted-foreground">
          {shown(token.tokens, depth)}
        </blockquote>
      )
    case 'table':
      return tableOf(token, depth)
    case 'hr':
      return <hr className="border-border" />
    case 'space':
    case 'def':
      return null
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    default:
      return inlineOf(token, depth)
  }
}

function inlineOf(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong className="font-semibold">{shown(token.tokens, depth)}</strong>
    case 'em':
      return <em>{shown(token.tokens, depth)}</em>
    case 'del':
      return <del>{shown(token.tokens, depth)}</del>
    case 'codespan':
      return <code className="rounded-sm bg-muted px-1 font-mono text-xs">{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return linkTo(token.href, shown(token.tokens, depth))
    case 'image':
      return linkTo(token.href, token.text || token.href)
    case 'escape':
      return token.text
    case 'text':
      return token.tokens ? shown(token.tokens, depth) : plainText(token.text)
    default:
      return token.raw
  }
}

function listOf({ ordered, start, items }: Tokens.List, depth: number): ReactNode {
  const lines = items.map((item, index) => (
    <li key={index} className="pl-1">
      {shown(item.tokens, depth)}
    </li>
  ))
  const className = 'flex flex-col gap-1 pl-5'
  if (!ordered) return <ul className={`list-disc ${className}`}>{lines}</ul>
  return (
    <ol start={start === '' ? undefined : start} className={`list-decimal ${className}`}>
      {lines}
    </ol>
  )
}

function tableOf({ header, rows }: Tokens.Table, depth: number): ReactNode {
  const cellClass = 'border border-border px-2 py-1 text-left align-top'
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label="Table"
      className="overflow-x-auto focus-visible:outline-2 focus-visible:outline-ring"
    >
      <table className="border-collapse text-xs">
        <thead>
          <tr>
            {header.map((cell, index) => (
              <th
                key={index}
                scope="col"
                className={`bg-muted font-medium ${cellClass}`}
                style={cell.align ? { textAlign: cell.align } : undefined}
              >
                {shown(cell.tokens, depth)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} className={cellClass} style={cell.align ? { textAlign: cell.align } : undefined}>
                  {shown(cell.tokens, depth)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A link says where it leads: its words may say something else. Only to the web, in a window of its own. */
function linkTo(href: string, words: ReactNode): ReactNode {
  const url = URL.parse(href)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return words
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer"
      title={url.href}
      className="text-primary underline break-all"
    >
      {words}
    </a>
  )
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' }

/** The few entities that texts are written with. */
function plainText(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (written, name: string) => entities[name] ?? written)
}
