'use client'
import { useSyncExternalStore } from 'react'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatDate(date: Date, locale: string): string {
  const known = formats.get(locale)
  const format = known ?? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  if (!known) formats.set(locale, format)
  return format.format(date)
}

const never = () => () => {}

interface CreatedTimeProps {
  createTime: number | null
  locale: string
  /** What stands before it, where there is one. */
  separator: string
}

/**
 * When a task was created, in the reader's language and time zone; nothing on the server, which knows neither, and where
 * there is no room. In a narrow row it has a line of its own.
 */
export function CreatedTime({ createTime, locale, separator }: CreatedTimeProps) {
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const date = createTime === null ? null : new Date(createTime)
  if (!isInBrowser || date === null || Number.isNaN(date.getTime())) return null
  return (
    <span className="kie:part kie:hidden kie:@max-sm:block kie:@max-3xs:hidden kie:@md:inline">
      <span className="kie:part kie:@max-sm:hidden">{separator}</span>
      <time dateTime={date.toISOString()} className="kie:part">
        {formatDate(date, locale)}
      </time>
    </span>
  )
}
