import type { KieLabels } from './labels.ts'

const plural = new Intl.PluralRules('ar')

/** A noun after a number, which in Arabic has a form for one, two, a few and many. */
function counted(count: number, forms: { one: string; two: string; few: string; other: string }): string {
  switch (plural.select(count)) {
    case 'one':
      return forms.one
    case 'two':
      return forms.two
    case 'few':
      return `${count} ${forms.few}`
    default:
      return `${count} ${forms.other}`
  }
}

const files = { one: 'ملف واحد', two: 'ملفان', few: 'ملفات', other: 'ملفًا' }
const results = { one: 'نتيجة واحدة', two: 'نتيجتان', few: 'نتائج', other: 'نتيجة' }

/** Arabic. */
export const ar: KieLabels = {
  locale: 'ar',
  'phase.idle': 'لم تبدأ',
  'phase.loading': 'جارٍ التحميل',
  'phase.waiting': 'قيد الانتظار',
  'phase.queuing': 'في الطابور',
  'phase.generating': 'جارٍ الإنشاء',
  'phase.success': 'تمّ',
  'phase.fail': 'فشلت',
  'phase.timed-out': 'تستغرق وقتًا أطول',
  'phase.error': 'غير متاحة',
  'failure.content-policy': 'رفض مرشّح المحتوى هذا الطلب. أعد صياغة الوصف أو استخدم صورًا أخرى.',
  'failure.input': 'تعذّر على النموذج استخدام هذه المدخلات. تحقّق من الوصف والملفات وروابطها.',
  'failure.credits': 'لا يوجد رصيد كافٍ لهذه المهمة. اشحن الحساب ثم حاول مجددًا.',
  'failure.timeout': 'لم يعطِ النموذج نتيجة في الوقت المحدد. حاول مجددًا أو اختر نموذجًا أسرع.',
  'failure.provider': 'حدثت مشكلة لدى النموذج نفسه. حاول مجددًا بعد بضع دقائق.',
  'failure.unknown': 'فشلت المهمة دون ذكر السبب. حاول مجددًا أو غيّر المدخلات.',
  'error.auth': 'رُفض الوصول. سجّل الدخول من جديد أو تحقّق من مفتاح الواجهة على الخادم.',
  'error.credits': 'نفد رصيد الحساب. اشحنه ثم حاول مجددًا.',
  'error.validation': 'لم يُقبل الطلب. تحقّق من معرّف المهمة والمدخلات.',
  'error.not-found': 'لم يُعثر على هذه المهمة. تحقّق من معرّفها أو ابدأ مهمة جديدة.',
  'error.rate-limit': 'طلبات كثيرة في وقت واحد. انتظر لحظة ثم حاول مجددًا.',
  'error.busy': 'الخدمة مشغولة أو تحت الصيانة. حاول مجددًا بعد بضع دقائق.',
  'error.input-file': 'تعذّرت قراءة ملف إدخال. تأكّد من أن رابطه عام وما زال يعمل.',
  'error.unsupported': 'هذا النموذج أو هذه الميزة غير مفعّل. اختر غيره.',
  'error.server': 'حدثت مشكلة لدى الخدمة نفسها. حاول مجددًا بعد لحظة.',
  'error.network': 'لا يوجد اتصال. تحقّق من شبكتك ثم حاول مجددًا.',
  'error.timeout': 'استغرق الرد وقتًا طويلًا. تحقّق من شبكتك ثم حاول مجددًا.',
  'error.aborted': 'أُلغي الطلب. حاول مجددًا إن كنت ما زلت تحتاجه.',
  'error.invalid-response': 'تعذّر فهم الرد. تأكّد من أن العنوان يقود إلى بوابة Kie ثم حاول مجددًا.',
  'progress.label': 'تقدّم المهمة',
  'progress.took': (duration) => `استغرقت ${duration}`,
  'progress.remaining': (duration) => `بقي نحو ${duration}`,
  'progress.estimate': (percent) => `نحو ${percent}`,
  'progress.reconnecting': 'انقطع الاتصال. المهمة مستمرة، وجارٍ إعادة الاتصال…',
  'progress.offline': 'أنت غير متصل بالإنترنت. المهمة مستمرة، وستُحدَّث حالتها عند عودة الاتصال.',
  'progress.timed-out': 'يستغرق هذا وقتًا أطول من المتوقع. قد تكتمل المهمة، ولم يضِع شيء.',
  'progress.keep-waiting': 'مواصلة الانتظار',
  'progress.try-again': 'المحاولة مجددًا',
  'gallery.label': 'النتائج',
  'gallery.pending': (count) => `${counted(count, results)} في الطريق`,
  'gallery.empty': 'تظهر النتائج هنا.',
  'gallery.none': 'انتهت المهمة دون ملفات. حاول مجددًا أو غيّر المدخلات.',
  'gallery.image': (position, total, prompt) => `الصورة ${position} من ${total}${prompt === null ? '' : `: ${prompt}`}`,
  'gallery.video': (position, total) => `الفيديو ${position} من ${total}`,
  'gallery.audio': (position, total) => `الصوت ${position} من ${total}`,
  'gallery.text': (position, total) => `النص ${position} من ${total}`,
  'gallery.data': (position, total) => `البيانات ${position} من ${total}`,
  'gallery.file': (position, total) => `الملف ${position} من ${total}`,
  'gallery.broken': 'تعذّر عرض هذا الملف. ربما انتهت صلاحية رابطه.',
  'gallery.unplayable': 'تعذّر تشغيل هذا الملف هنا. ربما انتهت صلاحية رابطه أو أن صيغته غير مدعومة.',
  'gallery.retry': 'المحاولة مجددًا',
  'gallery.open': 'فتح',
  'gallery.copy': 'نسخ',
  'gallery.copied': 'تم النسخ',
  'gallery.copy-link': 'نسخ الرابط',
  'gallery.save': 'حفظ',
  'gallery.saving': 'جارٍ الحفظ',
  'gallery.save-failed': 'تعذّر الحفظ. حاول مجددًا أو افتح الملف.',
  'gallery.save-all': (count) => `حفظ الكل (${counted(count, files)}) في ملف zip`,
  'gallery.save-selected': (count) => (count === 0 ? 'حفظ المحدد' : `حفظ المحدد (${count})`),
  'gallery.select': (position, total) => `تحديد النتيجة ${position} من ${total}`,
  'gallery.saving-all': (done, count) => `جارٍ حفظ ${done} من ${count}`,
  'gallery.cancel': 'إلغاء',
  'gallery.save-cancelled': 'أُلغي الحفظ. لم يُحفظ شيء.',
  'gallery.saved': (count) => `تم الحفظ: ${counted(count, files)}.`,
  'gallery.saved-some': (saved, count, missing) =>
    `تم حفظ ${saved} من ${count}. تعذّر جلب ${missing.length === 1 ? 'النتيجة' : 'النتائج'} ${missing.join('، ')}.`,
  'gallery.select-all': 'تحديد الكل',
  'gallery.select-none': 'إلغاء تحديد الكل',
  'gallery.selected': (count, total) => `تم تحديد ${count} من ${total}`,
  'viewer.label': 'عرض النتائج مكبّرة',
  'viewer.close': 'إغلاق',
  'viewer.previous': 'السابق',
  'viewer.next': 'التالي',
  'viewer.zoom-in': 'تكبير',
  'viewer.zoom-out': 'تصغير',
  'viewer.thumbnails': 'كل النتائج',
  'viewer.position': '{index} من {total}',
  'notice.provider': (message) => `قال النموذج: «${message}»`,
  'notice.free': 'لم يُخصم أي رصيد.',
  'notice.charged': (credits) => `خُصم ${credits}.`,
  'notice.start-again': 'البدء من جديد',
  'credits.amount': (amount) => `الرصيد: ${amount}`,
  'credits.loading': 'جارٍ تحميل الرصيد',
  'credits.low': 'أوشك على النفاد',
  'credits.empty': 'نفد',
  'credits.unknown': 'الرصيد غير متاح',
  'task.label': 'مهمة',
  'task.untitled': 'مهمة بلا وصف',
  'task.more': (count) => `و${counted(count, results)} أخرى`,
  'list.label': 'المهام',
  'list.empty': 'لا توجد مهام بعد. تظهر هنا عندما تبدأ مهمة.',
  'compare.label': 'مقارنة قبل وبعد',
  'compare.before': 'قبل',
  'compare.after': 'بعد',
  'compare.value': (percent) => `${percent} بعد`,
}
