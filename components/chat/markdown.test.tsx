import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { maxMarkdownChars } from '@/lib/limits'
import { Markdown } from './markdown'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />).replaceAll(/ class(Name)?="[^"]*"/g, '')

describe('Markdown', () => {
  it('shows what models write: emphasis, lists, code, tables', () => {
    expect(html('**a** and *b* `c`')).toContain('<p><strong>a</strong> and <em>b</em> <code>c</code></p>')
    expect(html('3. x\n4. y\n   - [x] z')).toBe(
      '<div><ol start="3"><li>x</li><li>y<ul><li>☑ z</li></ul></li></ol></div>',
    )
    expect(html('```js\na < b\n```')).toContain('>a &lt; b</pre>')
    expect(html('|a|b|\n|-|-|\n|1|2|')).toContain('<td>1</td><td>2</td>')
    expect(html('|a|\n|-:|\n|1|')).toContain('<td style="text-align:right">1</td>')
    expect(html('fish &amp; chips')).toContain('fish &amp; chips')
  })

  it('shows markup as text', () => {
    const attack = '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script> <b onclick="x()">b</b>'
    expect(html(attack)).not.toMatch(/<(img|script|b)\b/)
    expect(html(attack)).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('links to the web alone, and loads no image', () => {
    expect(html('[a](https://x.example/?q=1)')).toContain(
      '<a href="https://x.example/?q=1" target="_blank" rel="noopener noreferrer" title="https://x.example/?q=1">a</a>',
    )
    for (const href of ['javascript:alert(1)', 'data:text/html,x', '/api/workflows', 'JaVaScRiPt&colon;alert(1)'])
      expect(html(`[a](${href})`), href).toBe('<div><p>a</p></div>')
    const image = html('![chart](https://x.example/p.png)')
    expect(image).not.toContain('<img')
    expect(image).toContain('>chart</a>')
  })

  it('shows as it is what is too long or too deep', () => {
    expect(html(`**a**${' '.repeat(maxMarkdownChars)}`)).toContain('**a**')
    expect(html(`${'> '.repeat(20_000)}deep`)).toContain('deep')
    expect(html(`${'- '.repeat(200)}deep`)).toContain('deep')
  })
})
