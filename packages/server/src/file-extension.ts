const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const pictures = words('png jpg jpeg jpe jfif gif webp avif bmp tif tiff heic heif jxl ico apng psd dng')
const recordings = words(
  'mp4 m4v mov webm mkv avi mpg mpeg mpe ogv ogg oga ogx opus mp3 mp2 wav m4a m4b aac flac aif aiff aifc amr weba 3gp ' +
    '3g2 wma wmv flv ts mts m2ts mid midi caf',
)
// What a browser runs when it opens it, what a server may run, and what people run by a double click.
const active = words(
  'html htm xhtml xht shtml shtm stm mht mhtml svg svgz xml xsl xslt rdf rss atom js mjs cjs jsx wasm swf hta htc ' +
    'php php3 php4 php5 php7 phtml phar asp aspx ashx jsp jspx cfm cgi pl py rb sh bash bat cmd ps1 vbs vbe wsf jar ' +
    'exe dll com scr msi app apk',
)
const activeTypes = words(
  'text/html application/xhtml+xml image/svg+xml text/xml application/xml text/javascript application/javascript',
)
const usual: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/vnd.microsoft.icon': 'ico',
  'image/x-icon': 'ico',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/midi': 'mid',
  'video/quicktime': 'mov',
  'video/x-msvideo': 'avi',
  'video/x-matroska': 'mkv',
  'video/mp2t': 'ts',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/javascript': 'js',
  'application/javascript': 'js',
  'application/xhtml+xml': 'xhtml',
}

/** The extension that files of a media type usually have, without the dot. */
export function extensionFor(type: string): string {
  const known = usual[type]
  if (known !== undefined) return known
  const subtype =
    type
      .split('/')[1]
      ?.replace(/^x-|\+.*$/g, '')
      .replace(/[^a-z0-9]/g, '') ?? ''
  return subtype === '' || subtype === 'octetstream' || (active.has(subtype) && !activeTypes.has(type))
    ? 'bin'
    : subtype
}

/**
 * The name, with another extension where its own does not belong to the type that the file was declared as: whoever serves
 * the file goes by the name, and a page that was declared as a picture would be a page again.
 */
export function withFittingExtension(name: string, type: string): string {
  const [, stem, extension] = /^(.+)\.([^.]*)$/.exec(name) ?? []
  if (stem === undefined || extension === undefined || belongs(extension.toLowerCase(), type)) return name
  return `${stem}.${extensionFor(type)}`
}

function belongs(extension: string, type: string): boolean {
  switch (type.split('/')[0]) {
    case 'image':
      return pictures.has(extension) || (type === 'image/svg+xml' && extension === 'svg')
    case 'audio':
    case 'video':
      return recordings.has(extension)
    default:
      return !active.has(extension) || activeTypes.has(type)
  }
}
