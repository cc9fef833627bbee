'use client'
import type { CSSProperties } from 'react'
import type { PartProps } from '../part/part.ts'
import type { useRenewedUrl } from '../renewed-url/use-renewed-url.ts'

interface ComparedPictureProps {
  file: ReturnType<typeof useRenewedUrl>
  alt: string
  style?: CSSProperties | undefined
  part: PartProps<string>
}

/** One of the two pictures, while it can be shown. */
export function ComparedPicture({ file: { renewal, watched }, alt, style, part }: ComparedPictureProps) {
  if (renewal.state !== 'shown') return null
  return <img {...watched} key={renewal.attempt} src={renewal.url} alt={alt} decoding="async" style={style} {...part} />
}
