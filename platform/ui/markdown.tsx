import { useMemo } from 'react'
import { type Block, type Inline, parseMarkdown } from '#platform/contract/markdown.ts'

/**
 * What somebody wrote in Markdown, as it is read: elements, never HTML. Each line has the direction of its own script, and
 * keeps its spaces.
 *
 * @example <MarkdownView text={message.body} />
 */
export function MarkdownView({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  return (
    <div className="flex max-w-prose flex-col gap-3 text-14 leading-6 wrap-anywhere">
      {/* They are read anew with each text: their places name them. */}
      {blocks.map((block, place) => (
        <BlockView key={place} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    const Heading = `h${block.level}` as const
    return (
      <Heading
        dir="auto"
        className={block.level === 2 ? 'mt-2 text-16 font-semibold' : 'mt-1 text-14 font-semibold'}
      >
        <Words parts={block.text} />
      </Heading>
    )
  }
  if (block.kind !== 'list') {
    const lines = linesOf(block.lines)
    if (block.kind === 'paragraph') return <p>{lines}</p>
    return <blockquote className="border-l-2 border-line-strong pl-3">{lines}</blockquote>
  }
  const items = block.items.map((item, place) => (
    <li key={place} dir="auto">
      <Words parts={item} />
    </li>
  ))
  return block.ordered ? (
    <ol start={block.start} className="list-decimal pl-6">
      {items}
    </ol>
  ) : (
    <ul className="list-disc pl-6">{items}</ul>
  )
}

const linesOf = (lines: readonly Inline[][]) =>
  lines.map((line, place) => (
    // An empty line of a quote is as high as any other.
    <span key={place} dir="auto" className="block min-h-6 whitespace-pre-wrap">
      <Words parts={line} />
    </span>
  ))

function Words({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, place) => {
    if (part.style === 'bold')
      return (
        <strong key={place} className="font-semibold">
          {part.text}
        </strong>
      )
    if (part.style === 'link')
      return (
        <a
          key={place}
          href={part.href}
          // Words may name another place than the one they lead to.
          title={part.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="rounded-small underline underline-offset-3"
        >
          {part.text}
        </a>
      )
    return part.style === 'italic' ? <em key={place}>{part.text}</em> : part.text
  })
}
