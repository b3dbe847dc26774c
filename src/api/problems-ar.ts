/** Problems in Arabic, for those that a person at the page can meet; the terminal's own stay in English. */

/** The same fact in two sentences: what was wrong, and how to mend it. */
export interface Sentences {
  readonly what: string;
  readonly fix: string;
}

type Details = Readonly<Record<string, unknown>>;

const text = (details: Details, key: string): string => {
  const value = details[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

/** Names in quotation marks, joined as Arabic joins them; at most twelve of them. */
const names = (details: Details, key: string): string => {
  const value = details[key];
  if (!Array.isArray(value)) return "";
  const shown = value.slice(0, 12).map((one) => `«${String(one)}»`);
  return shown.join("، ") + (value.length > 12 ? "، …" : "");
};

/** `text` with a leading space where there is something to say. */
const after = (prefix: string, said: string): string => (said === "" ? "" : `${prefix}${said}`);

/** The first values met, with their lines. */
const seen = (details: Details): string => {
  const { seen: met } = details;
  if (!Array.isArray(met)) return "";
  const shown = (met as { line?: number; value?: string }[])
    .slice(0, 4)
    .map(({ line, value }) => `السطر ${line ?? "؟"}: «${value ?? ""}»`);
  return after(": ", shown.join("، "));
};

const fault = (details: Details): string => {
  const [first] = Array.isArray(details.faults) ? (details.faults as { name?: string }[]) : [];
  return after(" ", first?.name ?? "");
};

const gib = (details: Details, key: string): string => {
  const bytes = details[key];
  return typeof bytes === "number" ? `${(bytes / 2 ** 30).toFixed(2)} غيغابايت` : "";
};

const OWN_TABLE = "في المعاينة، اختر «غيّر طريقة القراءة» وحدّد الجدول وأعمدته بنفسك.";
const EXPORT_AGAIN = "نزّل الملف أو صدّره مرة أخرى، ثم استورده.";
const REPORT = "أعد تشغيل leadsmart؛ وإن تكرر الخطأ فتراجع عن آخر استيراد وأبلغ عنه.";
const FROM_BACKUP = "استعد المخزن من نسخة احتياطية.";

export const PROBLEMS_AR: Readonly<Record<string, (details: Details) => Sentences>> = {
  AMBIGUOUS_COLUMN: (d) => ({
    what: `يصلح للحقل ${text(d, "field")} أكثر من عمود: ${names(d, "columns")}`,
    fix: "في المعاينة، اختر «غيّر طريقة القراءة» وحدّد العمود المقصود.",
  }),
  ACCOUNT_NOT_TOLD: (d) => ({
    what: `الأيام في العمود «${text(d, "column")}» مكتوبة كلحظات بفارق عن التوقيت العالمي، وللحسابات هنا مناطق زمنية مختلفة`,
    fix: "سمِّ حساب هذا الاستيراد، أو صدّر الأيام مجردة مثل 2024-10-16.",
  }),
  AMBIGUOUS_DATE: (d) => ({
    what: `لا يمكن تمييز اليوم من الشهر في العمود «${text(d, "column")}»${seen(d)}`,
    fix: "في المعاينة، اختر «غيّر طريقة القراءة» وحدّد صيغة التاريخ.",
  }),
  AMBIGUOUS_NUMBER: (d) => ({
    what: `لا يُعرف أي علامة تسبق الكسور في العمود «${text(d, "column")}»${seen(d)}`,
    fix: "في المعاينة، اختر «غيّر طريقة القراءة» وحدّد الفاصلة العشرية.",
  }),
  ARCHIVE_TOO_LARGE: () => ({
    what: "محتوى الأرشيف بعد فكّه أكبر بكثير مما يبلغه جدول بهذا الحجم",
    fix: "فكّه بنفسك وانظر ما فيه، ثم استورد الجدول.",
  }),
  BAD_ANSWER: () => ({
    what: "ليست هذه من إجابات السؤال",
    fix: "اختر إحدى الإجابات التي يعرضها السؤال، أو أعطِ قيمة من نوعها.",
  }),
  BAD_CURSOR: () => ({
    what: "المؤشر لا يخص هذه القائمة",
    fix: "أعد تحميل القائمة من بدايتها.",
  }),
  BAD_DEFINITIONS: (d) => ({
    what: `القيمة المعطاة للإعداد${fault(d)} غير صالحة`,
    fix: "صحّح هذا الإعداد؛ تسرد صفحة docs/definitions.md كل إعداد مع مثال.",
  }),
  BAD_HOST: () => ({
    what: "لا يجيب هذا الخادم تحت هذا الاسم",
    fix: "استخدم العنوان المطبوع عند التشغيل، أو شغّل الخادم مع ‎--host-name وهذا الاسم.",
  }),
  BAD_MAPPING: () => ({
    what: "تذكر طريقة القراءة حقلًا أو عمودًا غير موجود",
    fix: "صحّح الحقول والأعمدة في «غيّر طريقة القراءة».",
  }),
  BAD_PERIOD: (d) => ({
    what: `لا تصح الفترة${after(" من ", text(d, "from"))}${after(" إلى ", text(d, "to"))}: تنتهي قبل أن تبدأ أو تتجاوز مئة عام`,
    fix: "اختر فترة أخرى، أو اترك الطرفين فارغين لآخر 30 يومًا نشطًا.",
  }),
  BAD_REQUEST: (d) => ({
    what: `رُفض الطلب: قيمة${fault(d)} ناقصة أو غير معروفة أو غير صالحة`,
    fix: "صحّحها؛ تسرد صفحة ‎/docs ما يقبله كل عنوان.",
  }),
  BINARY_FILE: () => ({
    what: "الملف صورة أو مستند أو بيانات ثنائية أخرى، وليس جدولًا",
    fix: "صدّر الجدول بصيغة CSV أو XLSX أو Parquet أو JSON lines.",
  }),
  BLOB_MISSING: () => ({
    what: "ملف جاء منه استيراد لم يعد موجودًا في المخزن",
    fix: "أعد المجلد blobs من نسخة احتياطية، أو استورد الملف نفسه مرة أخرى.",
  }),
  BLOB_REDACTION_LOOP: () => ({
    what: "تشير نُسخ ملف محجوب بعضها إلى بعض في دائرة، فلا يمكن قراءة أي منها",
    fix: "احجب الملف مرة أخرى في نسخة بمحتوى مختلف.",
  }),
  BODY_TOO_LARGE: () => ({
    what: "محتوى الطلب أكبر مما يقبله هذا العنوان",
    fix: "ارفع الملفات إلى ‎/api/v1/uploads وأرسل هنا معرّفاتها فقط.",
  }),
  BROKEN_ARCHIVE: () => ({ what: "الأرشيف تالف أو مقطوع", fix: EXPORT_AGAIN }),
  BROKEN_PARQUET: () => ({
    what: "تعذّرت قراءة ملف Parquet",
    fix: "اكتبه مرة أخرى، أو صدّر الجدول بصيغة CSV.",
  }),
  BROKEN_WORKBOOK: () => ({
    what: "تعذّرت قراءة المصنف",
    fix: "افتحه في برنامج جداول واحفظه من جديد بصيغة ‎.xlsx أو CSV UTF-8، ثم استورده.",
  }),
  BUILD_FAILED: () => ({
    what: "ما طلبته محفوظ، لكن تعذّر حساب الأرقام",
    fix: REPORT,
  }),
  CROSS_SITE: () => ({
    what: "جاء طلب تغيير من موقع آخر، أو لا يقول من أين جاء",
    fix: "استخدم صفحة المنتج نفسها؛ ومن برنامج أرسل الترويسة ‎`X-Leadsmart: 1`.",
  }),
  DISK_FULL: (d) => ({
    what: `امتلأ القرص${after("، والمطلوب على الأقل ", gib(d, "neededBytes"))}${after("، والمتاح ", gib(d, "freeBytes"))}`,
    fix: "أفسح مكانًا على القرص أو انقل مجلد البيانات إلى قرص أكبر، ثم أعد الخطوة؛ ما أُكِّد حفظه باقٍ.",
  }),
  DUPLICATE_HEADER: (d) => ({
    what: `عمودان يحملان الاسم نفسه: «${text(d, "name")}»`,
    fix: "أعد تسمية أحدهما أو احذفه حتى يتضح أيهما المقصود.",
  }),
  EMPTY_FILE: () => ({ what: "الملف فارغ", fix: EXPORT_AGAIN }),
  EMPTY_TABLE: () => ({
    what: "في الجدول سطر عناوين بلا صفوف",
    fix: "صدّره مرة أخرى لفترة فيها بيانات.",
  }),
  ENCRYPTED_ARCHIVE: () => ({
    what: "الأرشيف مقفل بكلمة مرور",
    fix: "فكّه بكلمة المرور ثم استورد الجدول.",
  }),
  EVENT_CONFLICT: () => ({
    what: "حدث بهذا المفتاح وبمحتوى آخر موجود من قبل؛ لم يُكتب شيء",
    fix: "أرسل المحتوى نفسه، أو أعط الحدث الجديد مفتاحًا خاصًا به.",
  }),
  FILE_NOT_READABLE: () => ({
    what: "لا يمكن استيراد ملف كما هو",
    fix: "عالج الملف المذكور، أو استورد الملفات الأخرى من دونه.",
  }),
  FILE_NOT_READ_AGAIN: () => ({
    what: "استُورد الملف من قبل، لكن قراءة محتواه مرة أخرى لا تعطي ذلك الجدول",
    fix: "تراجع عن هذا الاستيراد ثم استورد الملف من جديد.",
  }),
  FINDING_UNKNOWN: () => ({
    what: "لا توجد ملاحظة كهذه في البيانات كما هي الآن",
    fix: "حدّث الصفحة لترى الملاحظات الحالية؛ ما أُصلح في مصدره يختفي.",
  }),
  GIT_LFS_POINTER: () => ({
    what: "الملف مؤشر Git LFS؛ أما الجدول نفسه فلم يُنزَّل",
    fix: "نفّذ ‎`git lfs pull` حيث يوجد الملف، ثم استورد الملف الحقيقي.",
  }),
  HTML_FILE: () => ({
    what: "الملف صفحة ويب أو XML، وكثيرًا ما تكون صفحة دخول حُفظت باسم جدول",
    fix: "سجّل الدخول ونزّل التصدير مرة أخرى بصيغة CSV أو XLSX.",
  }),
  IDEMPOTENCY_CONFLICT: () => ({
    what: "استُخدم Idempotency-Key هذا من قبل بمحتوى آخر",
    fix: "استخدم مفتاحًا جديدًا للطلب الجديد.",
  }),
  INTERNAL: (d) => ({
    what: "فشل الخادم على نحو لم يتوقعه",
    fix: `حاول مرة أخرى؛ وإن تكرر فابحث في سجل الخادم عن الطلب ${text(d, "requestId")} وأبلغ عنه.`,
  }),
  LEVEL_UNDECIDED: () => ({
    what: "الحملات والأيام نفسها واردة على أكثر من مستوى، ولا يجوز جمعها",
    fix: "حدّد المستوى الذي يُحتسب: الحملة أو المجموعة الإعلانية أو الإعلان.",
  }),
  METHOD_NOT_ALLOWED: (d) => ({
    what: "لا يقبل هذا العنوان هذا النوع من الطلبات",
    fix: `استخدم ${names(d, "allowed")}.`,
  }),
  MISSING_COLUMN: (d) => ({
    what: `يبدو الجدول ${text(d, "table")}، لكن ينقصه عمود للحقل: ${names(d, "missing")}`,
    fix: `أضف العمود إلى التصدير، أو حدّد أي عمود هو. ${OWN_TABLE}`,
  }),
  MIXED_DATES: (d) => ({
    what: `التواريخ في العمود «${text(d, "column")}» مكتوبة بأكثر من طريقة${seen(d)}`,
    fix: "صدّر العمود بصيغة واحدة، أو حدّد في المعاينة الصيغة الصحيحة فتُرفض الأسطر الأخرى.",
  }),
  NESTED_ARCHIVE: () => ({
    what: "في الأرشيف أرشيف آخر",
    fix: "فكّ الخارجي واستورد ما بداخله.",
  }),
  NOTHING_TO_IMPORT: () => ({
    what: "لا ملف في هذه المعاينة يمكن استيراده",
    fix: "عالج الملفات المذكورة في المعاينة، أو حدّد أعمدتها بنفسك.",
  }),
  NOT_ALLOWED: () => ({
    what: "تسجيل دخولك صحيح، لكن ليس لك حق رؤية هذا أو فعله",
    fix: "اطلب ذلك من أحد مالكي مساحة العمل.",
  }),
  NOT_BUILT_YET: () => ({
    what: "الصفوف محفوظة، لكن الأرقام لا تحتسبها بعد",
    fix: "تُحسب عند التشغيل أو الاستيراد أو التقرير القادم.",
  }),
  NOT_FOUND: () => ({ what: "لا شيء على هذا العنوان", fix: "تجد كل العناوين في ‎/docs." }),
  NOT_READY: () => ({
    what: "الخادم غير جاهز بعد",
    fix: "انتظر قليلًا ثم أعد المحاولة؛ الأسباب في الإجابة وعلى الطرفية.",
  }),
  NOT_SIGNED_IN: () => ({
    what: "لا توجد جلسة، أو انتهت",
    fix: "افتح الرابط الذي أُعطيته أو الذي طبعته الطرفية عند التشغيل، أو سجّل الدخول من ‎/sign-in.",
  }),
  NO_DAY_BREAKDOWN: (d) => ({
    what: `صفوف تغطي عدة أيام، عددها ${text(d, "rows")}، وأولها في السطر ${text(d, "line")}`,
    fix: "صدّر مرة أخرى مع التقسيم «حسب الوقت ← اليوم» (صف لكل يوم)، ليكون لكل مبلغ يومه.",
  }),
  NO_SUCH_IMPORT: () => ({
    what: "لا يوجد استيراد كهذا",
    fix: "ابحث عنه في قائمة عمليات الاستيراد.",
  }),
  NO_TABLE: () => ({
    what: "لا شيء في الملف يمكن قراءته كجدول",
    fix: "استورد الجدول نفسه؛ يجب أن يحمل سطره الأول أسماء الأعمدة.",
  }),
  PREVIEW_GONE: () => ({
    what: "المعاينة لم تعد صالحة: انتهت، أو تغيّرت العملة أو المنطقة الزمنية بعدها",
    fix: "عاين الملفات مرة أخرى ثم استوردها.",
  }),
  CONTACT_MISSING: () => ({
    what: "كلمة المرور تُطلب مع بريد إلكتروني أو هاتف، وليس لهذا الشخص أي منهما",
    fix: "اطلب من مالك أن يضيف أحدهما من الإعدادات ← الأشخاص.",
  }),
  CONTACT_TAKEN: () => ({
    what: "هذا البريد أو الهاتف معروف لشخص آخر",
    fix: "أدخل غيره، أو غيّر أدوار الشخص الذي يحمله.",
  }),
  GRANT_NOT_YOURS: () => ({
    what: "لا تدير الأشخاص في هذا الحساب",
    fix: "اطلب ذلك من مالك الحساب، أو اتركه.",
  }),
  CAMPAIGN_UNKNOWN: (details) => ({
    what: `لا توجد حملة بالمعرّف «${text(details, "id")}»`,
    fix: "اخترها من قائمة الحملات.",
  }),
  SEGMENT_UNKNOWN: (details) => ({
    what: `لا توجد في هذا الاختيار شريحة «${text(details, "key")}»`,
    fix: "اختر شريحة من القائمة.",
  }),
  VIEW_UNKNOWN: () => ({
    what: "لا يوجد لك عرض محفوظ كهذا",
    fix: "أعد تحميل قائمة العروض.",
  }),
  VIEWS_FULL: (details) => ({
    what: `لديك ${text(details, "most")} عرض محفوظ بالفعل`,
    fix: "احذف عرضًا لم تعد تحتاج إليه، أو احفظ باسم عرض موجود.",
  }),
  KEY_UNKNOWN: () => ({
    what: "لا يوجد مفتاح كهذا، أو أُلغي من قبل",
    fix: "حدّث قائمة المفاتيح.",
  }),
  LAST_OWNER: () => ({
    what: "لن يبقى أحد يملك مساحة العمل كلها",
    fix: "اجعل شخصًا آخر مالكًا لكل الحسابات أولًا.",
  }),
  LEAD_UNKNOWN: () => ({
    what: "لا يوجد عميل كهذا بين من يحق لك رؤيتهم",
    fix: "ابحث عنه في قائمة العملاء؛ ربما يظهر على أساس آخر أو في يوم لاحق.",
  }),
  PERSON_UNKNOWN: () => ({
    what: "لا يوجد شخص كهذا",
    fix: "حدّث قائمة الأشخاص؛ ربما أزاله أحد.",
  }),
  TOO_MANY_ATTEMPTS: (d) => ({
    what: "كلمات مرور خاطئة كثيرة",
    fix: `حاول بعد ${text(d, "seconds")} ثانية، أو اطلب رابطًا.`,
  }),
  WRONG_PASSWORD: () => ({
    what: "لا أحد بهذا البريد أو الهاتف وكلمة المرور هذه",
    fix: "تحقق منهما؛ ومن دعاك يستطيع إعطاءك رابطًا جديدًا.",
  }),
  INSIGHT_UNKNOWN: () => ({
    what: "لا توجد ملاحظة كهذه",
    fix: "حدّث الصفحة لترى الملاحظات الحالية.",
  }),
  QUESTION_UNKNOWN: () => ({
    what: "لا يوجد سؤال كهذا",
    fix: "حدّث الصفحة لترى الأسئلة الحالية.",
  }),
  SEVERAL_CURRENCIES: (d) => ({
    what: `في الملف الواحد مبالغ بأكثر من عملة: ${names(d, "currencies")}`,
    fix: "صدّر كل عملة في ملف خاص، أو حدّد في المعاينة العملة المحتسبة فتُرفض غيرها.",
  }),
  SPREADSHEET_AS_CSV: () => ({
    what: "الملف مصنف جداول مع أن اسمه يقول إنه نص",
    fix: "غيّر نهاية اسمه إلى ‎.xlsx، أو احفظ الورقة بصيغة CSV UTF-8 ثم استوردها.",
  }),
  STORE_BUSY: () => ({
    what: "عملية أخرى تشغل المخزن منذ وقت طويل",
    fix: "انتظر حتى ينتهي استيرادها أو نسخها الاحتياطي، أو أوقفها، ثم حاول مرة أخرى.",
  }),
  STORE_DAMAGED: () => ({
    what: "تعذّر فتح البيانات الشخصية بمفتاح صاحبها: تغيّر محتوى المخزن من خارج المنتج",
    fix: FROM_BACKUP,
  }),
  STORE_UNREADABLE: () => ({ what: "المخزن تالف أو ليس مخزنًا", fix: FROM_BACKUP }),
  STORE_WRITE_FAILED: () => ({
    what: "رفض القرص حفظ بيانات المخزن؛ ولم يُؤكَّد حفظ شيء منها",
    fix: "أفسح مكانًا على القرص أو أصلح صلاحياته، ثم أعد الخطوة.",
  }),
  TOO_MANY_STREAMS: () => ({
    what: "صفحات حية كثيرة مفتوحة",
    fix: "أغلق الصفحات التي لا تحتاجها؛ تبقى الأرقام متاحة من دون تحديث حي.",
  }),
  TREATMENT_NOT_OFFERED: () => ({
    what: "لا تعرض هذه الملاحظة معالجة كهذه، أو لا تعرضها لهذه العناصر",
    fix: "اختر من المعالجات والعناصر التي تعرضها الملاحظة.",
  }),
  TREATMENT_OVERLAPS: () => ({
    what: "معالجة سارية تشمل هذه العناصر وغيرها",
    fix: "ألغِ تلك المعالجة أولًا، أو اقبل المعالجة لكل العناصر معًا.",
  }),
  TREATMENT_UNKNOWN: () => ({
    what: "لا توجد معالجة كهذه",
    fix: "ابحث عنها في قائمة المعالجات.",
  }),
  UNKNOWN_DATE_FORMAT: (d) => ({
    what: `لا قيمة في العمود «${text(d, "column")}» تاريخ بصيغة معروفة${seen(d)}`,
    fix: "في المعاينة، اختر «غيّر طريقة القراءة» وحدّد صيغة التاريخ.",
  }),
  UNKNOWN_ENCODING: () => ({
    what: "ترميز نص الملف غير معروف",
    fix: "افتحه حيث جاء واحفظه بصيغة CSV UTF-8 ثم استورده.",
  }),
  UNKNOWN_KPI: () => ({ what: "لا يوجد مؤشر بهذا الاسم", fix: "اختر مؤشرًا من الصفحة." }),
  UNKNOWN_STAGE: () => ({ what: "لا توجد مرحلة بهذا الاسم", fix: "اختر مرحلة من القُمع." }),
  UNRECOGNISED_TABLE: (d) => ({
    what: `لا يُعرف أي جدول هذا، وأعمدته: ${names(d, "header")}`,
    fix: OWN_TABLE,
  }),
  UNSUPPORTED_BODY: () => ({
    what: "محتوى الطلب من نوع لا يقبله هذا العنوان",
    fix: "أرسل JSON مع ‎`Content-Type: application/json`.",
  }),
  UNSUPPORTED_SPREADSHEET: () => ({
    what: "مصنف الجداول بصيغة لا تُقرأ",
    fix: "احفظه بصيغة ‎.xlsx أو CSV UTF-8 ثم استورده.",
  }),
  UPLOAD_GONE: () => ({ what: "ملف مرفوع لم يعد موجودًا", fix: "ارفعه مرة أخرى." }),
  UPLOAD_INTERRUPTED: () => ({
    what: "انقطع الاتصال قبل وصول الملف كاملًا",
    fix: "ارفعه مرة أخرى؛ لم يُحفظ منه شيء.",
  }),
  UPLOAD_TOO_LARGE: (d) => ({
    what: `الملف أكبر من حد الرفع، وهو ${gib(d, "limitBytes")}`,
    fix: "قسّمه حسب التاريخ، أو اضغطه (‎.gz)، أو استورده من الطرفية، أو شغّل الخادم مع ‎--upload-limit أكبر.",
  }),
  WAREHOUSE_UNREADABLE: () => ({
    what: "مستودع الأرقام تالف أو من إصدار آخر",
    fix: "هو مشتق من المخزن: أوقف leadsmart ونفّذ ‎`leadsmart lab rebuild` ليُعاد بناؤه.",
  }),
  WORKBOOK_TOO_LARGE: () => ({
    what: "المصنف أكبر من أن يُقرأ كجدول",
    fix: "صدّر الجدول بصيغة CSV أو Parquet؛ لا حد لحجمهما.",
  }),
};
