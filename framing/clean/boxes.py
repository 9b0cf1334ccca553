"""Boxes, bars and menus around an article: what their lines say.

Each pattern is anchored at the line's beginning or is a short phrase, so that the time
it takes grows with the line's length alone. Labels that are words of ordinary prose
("Related", "Next", "Print") count only where they are the whole line or stand before a
separator.
"""

from __future__ import annotations

import re

MAX_LABEL_CHARS = 900  # no label is longer, and some patterns are quadratic in what they look at
_I = re.IGNORECASE
MAX_LABEL_WORDS = 45  # the longest cookie and log-in notices
_TOOLS = frozenset({
    "print", "printer", "share", "tweet", "email", "e-mail", "mail", "copy", "link", "save", "bookmark",
    "listen", "dictionary", "font", "size", "text", "facebook", "twitter", "x", "whatsapp", "linkedin",
    "telegram", "reddit", "pinterest", "instagram", "flipboard", "messenger", "line", "kakaotalk",
    "youtube", "tiktok", "threads", "bluesky", "mastodon", "viber", "wechat", "weibo", "gift", "pdf",
    "download", "comment", "comments", "like", "dislike", "follow", "on", "via", "this", "article", "story",
    "page", "to", "a+", "a-", "aa", "small", "medium", "large", "zoom", "in", "out", "translate", "close",
    "menu", "search", "toggle", "icon", "button", "post", "pocket", "tumblr", "google", "news", "subscribe",
    "rss", "feed", "and", "or", "by", "home", "more", "options", "url", "clipboard", "opens", "new",
    "window", "play", "pause", "audio", "video",
})  # fmt: skip
_NAVIGATION = frozenset({
    "home", "news", "world", "world news", "politics", "business", "economy", "opinion", "opinions",
    "editorial", "editorials", "sport", "sports", "culture", "lifestyle", "life", "arts", "entertainment",
    "tech", "technology", "science", "health", "education", "travel", "weather", "video", "videos",
    "photos", "photo", "pictures", "podcasts", "podcast", "live", "live tv", "e-paper", "epaper", "menu",
    "search", "sections", "latest", "latest news", "breaking news", "top news", "national", "international",
    "local", "asia", "africa", "europe", "americas", "middle east", "u.s.", "us", "uk", "india", "contact",
    "contact us", "about", "about us", "careers", "jobs", "privacy", "privacy policy", "privacy notice",
    "cookie policy", "cookies", "cookie settings", "terms", "terms of use", "terms of service",
    "terms & conditions", "terms and conditions", "sitemap", "site map", "help", "faq", "faqs", "advertise",
    "advertise with us", "accessibility", "accessibility statement", "my account", "account", "profile",
    "settings", "newsletters", "newsletter", "puzzles", "games", "crossword", "obituaries", "classifieds",
    "archive", "archives", "back to top", "top", "back", "skip to content", "skip to main content",
    "load more", "show more", "see all", "view all", "view more", "more", "all", "edition", "gallery",
    "do not sell my personal information", "your privacy choices", "editorial guidelines",
    "editorial policy", "corrections", "ethics policy", "code of ethics", "press releases", "media kit",
    "shop", "store", "donate", "support us", "membership", "log out", "logout", "cartoon", "cartoons",
    "columns", "columnists", "features", "investigations", "explainers", "fact check", "data", "markets",
    "stocks", "money", "explore", "discover", "for you", "notifications", "watch live", "on air", "radio",
    "tv", "shows", "magazine", "print edition", "today's paper", "image", "image source", "getty images",
    "caption", "hide caption", "toggle caption", "enlarge this image", "read more", "continue reading",
    "end", "(end)", "ends", "###", "advertisement", "recommended", "sponsored",
    "promoted", "abstract", "full text",
})  # fmt: skip
# (reason, pattern). The first that matches a line of at most MAX_LABEL_WORDS words wins.
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, _I))
    for reason, pattern in (
        (
            "link to another article",
            r"[•*▶►→»|>\s-]*(?:(?:also|must|further|don't miss|related|recommended) *(?:read|reading|article|"
            r"articles|story|stories|news|links?|coverage|content|topics?|posts?|video)? *(?:[:"
            r"|»>–—-] *\S|:$)"
            r"|(?:read|see|watch)(?: also| more| next| here| this)? *[:|»] *\S|(?:also read|read also"
            r"|see also)\b(?!.*[.!]$)"
            r"|(?:more|read more)(?: on this| on this story)? *[:|»] *\S|up next *[:|-]"
            r"|in case you missed it\b"
            r"|(?:next|previous|prev)(?: article| story| post)? *[:|»←→] *\S|(?:read|see) (?:more"
            r"|the full story) (?:at|on|here)\b"
            r"|(?-i:(?:PREV|PREVIOUS|NEXT|READ MORE|ALSO READ|READ ALSO|WATCH"
            r"|RELATED) (?=\S)(?=.*[a-z])(?!.*[.]$)))",
        ),
        (
            "label of a list of links",
            r"[•*▶►→»|\s-]*(?:related|recommended|recommended for you|read (?:next|more|also)"
            r"|also read|see also"
            r"|(?:related|more|other|latest|top|popular|trending|recent|similar|suggested|featured"
            r"|most read|most"
            r" popular|must[- ]read) (?:articles?|stor(?:y|ies)|news|posts?|topics?|links?|coverage"
            r"|headlines|videos?|content"
            r"|reads?)(?: (?:in|on|from) .{1,40})?|more (?:on|from|in|about) [^.]{1,50}|most (?:read"
            r"|popular|viewed|shared|commented)"
            r"|trending(?: now)?|editors?['’]s? (?:picks?|choice)|you (?:may|might)(?: also)?(?: like"
            r"| be interested in)[^.]{0,30}"
            r"|what (?:to|we['’]re) read(?:ing)?(?: next)?|up next|next up|in case you missed it"
            r"|keep reading|around the web"
            r"|promoted (?:content|stories)|from the web|elsewhere on .{1,30}|don['’]t miss"
            r"|explore more|the latest|watch next"
            r"|top picks(?: for you)?|our picks|advertisement|more like this) *[:»>]?$",
        ),
        (
            "reading time",
            r"(?:(?:estimated |average )?reading time|lese(?:dauer|zeit)|temps de lecture|tiempo de lectura"
            r"|tempo di lettura)\s*:?\s*\d.{0,20}$"
            r"|\d+[ -]min(?:ute)?s?\.? (?:read|lese(?:dauer|zeit)|de lecture|de lectura|di lettura)$",
        ),
        (
            "log-in or registration box",
            r"(?:please )?(?:(?:log|sign)[- ]?in|sign[- ]?up|create (?:a free "
            r"|an )?account)\b(?: (?:to|with|here|now|or|for|using|and)\b.*)?[.!]?$"
            r"|(?:please )?register (?:here|now|for free|free|to (?:read|continue|comment|access"
            r"|view))\b.{0,80}$"
            r"|already (?:a|an|have)\b.{0,20}\b(?:subscriber|account|subscription|registered|member\?)"
            r"|forgot(?:ten)? (?:your )?password"
            r"|(?:you (?:must|need to)|please) (?:be )?(?:log|sign|register|subscrib)|not (?:a"
            r"|registered)\b.{0,30}\b(?:member|subscriber|yet)\?",
        ),
        (
            "comment box",
            r"(?:\d[\d,.]* )?comments?(?: *\(?\d*\)?)?[:.]?$|(?:view|show|see|read|hide|load|add|post"
            r"|write|leave|join)(?: all| more| your| a| an| the| \d+)*"
            r" (?:comments?|reply|discussion|conversation)\b.{0,30}$|to (?:write|post|leave|add|view"
            r"|join) .{0,30}comments?\b.{0,80}$|(?:social )?comments?\?$"
            r"|[\w-]{1,20} (?:social )?comment\?$|comments? (?:are|is) (?:closed|off|moderated"
            r"|welcome)|be the first to comment|your email address will not be"
            r"|.{0,80}\(\d+ ?/ ?\d+[^\d()]{0,12}\)$|(?:start|have your say"
            r"|what do you think\?? (?:tell|let|share|join|comment))\b.{0,20}(?:conversation|say"
            r"|comments?)\b"
            r"|reply$|report (?:abuse|this comment|this ad)\b|sort by\b|community guidelines",
        ),
        (
            "subscription or newsletter box",
            r"(?:subscribe|sign up|join|get|receive|start your|try|unlock|enjoy|want|never miss"
            r"|stay)\b.{0,150}\b(?:newsletters?|in ?box|subscri(?:be|bers?|ption)|free trial"
            r"|our (?:app|journalism|whatsapp|telegram|channel)|unlimited access|breaking news alerts"
            r"|news alerts)\b.{0,80}$"
            r"|(?:follow|join|find|like|add) .{1,60} on (?:x|twitter|facebook|instagram|telegram"
            r"|whatsapp|youtube|google news|linkedin|tiktok|threads)\b.{0,120}$"
            r"|download .{0,40}\bapp\b.{0,60}$|support (?:our|independent|quality"
            r"|local) .{0,40}journalism|become a (?:member|subscriber|supporter)\b|stay (?:informed"
            r"|connected|up[- ]to[- ]date)\b.{0,60}$"
            r"|(?:our|the|a|sign up for our) (?:daily |weekly |free |morning "
            r"|evening )?newsletters?\b.{0,60}$"
            r"|subscribe(?: now| today| here| to .{1,80}| for .{1,60})?[.!]?$"
            r"|(?:this|the) (?:article|story|content|page|post) is (?:only |exclusively |reserved "
            r"|available |free )*(?:for|to) (?:our |paying |registered |premium )*(?:subscribers?"
            r"|members?|readers)"
            r"|(?:to )?(?:continue|keep) reading\b.{0,80}(?:subscri|account|register|log ?in|sign"
            r"|article)|(?:you have|you['’]ve) (?:reached|read|used|got|run out)\b.{0,60}(?:free|limit"
            r"|article)"
            r"|for (?:just|only|as little as) [$£€]|[$£€]\d[\d.,]* ?(?:a|per|/) ?(?:month"
            r"|week)\b.{0,40}$|subscribers? only|premium$|our newsletters?$",
        ),
        (
            "tool bar",
            r"share (?:this|on|via|with)\b.{0,60}$|copy (?:link|url)\b|(?:print|save"
            r"|e-?mail)(?: this)? (?:article|story|page)|listen to (?:this )?(?:article"
            r"|story)\b.{0,40}$"
            r"|(?:listen|play)(?: now| to article)? *[(\d]|\d+ ?[- ]?min(?:ute)?s?(?: read| listen)?$"
            r"|(?:reading|read) time\b.{0,20}$|[\d.,]+ ?[km]? (?:shares?|views?|likes?|reads?"
            r"|retweets?)$"
            r"|(?:estimated )?(?:reading|read) time|text size|font size|text to speech|this (?:audio"
            r"|article) (?:is|was) (?:auto-?generated|read by)|follow(?:ing)?$|add (?:us )?(?:as|on"
            r"|to) .{0,30}\bgoogle\b"
            r"|(?:(?-i:[a-z-]+)|facebook|twitter|x|whatsapp|linkedin|instagram|youtube"
            r"|telegram) (?:icon|logo|thumbnail|avatar)$|(?:[a-z]+-)+(?:image|icon|img|logo"
            r"|arrow)\b.{0,40}$|click (?:here|to)\b|tap (?:here|to)\b|swipe\b|scroll (?:down|to)\b"
            r"|loading\b.{0,10}$|[-•]? ?order reprints$|an error (?:has )?occurred\b.{0,60}$"
            r"|this (?:article|story) has been sent to\b.{0,40}$|(?:listen|download|itunes|spotify): ?https?://",
        ),
        (
            "advertising mark",
            r"(?:advertisement|advertising|advertorial|sponsored(?: content| by .{1,40})?|promoted|ad"
            r"|ads by .{1,30}|paid (?:content|post))\b[-:\s]*(?:scroll to continue"
            r"|continue reading below|remove ads?|(?:story|article) continues below)?$"
            r"|(?:story|article|content|text) continues? (?:below|after)\b|continue reading below"
            r"|skip (?:ad|advertisement|past|to)\b|scroll to continue",
        ),
        (
            "copyright or legal notice",
            r"(?:©|\(c\) ?\d|copyright\b(?: ?[©(]| ?\d| by | reserved))"
            r"|(?:we|this (?:site|website|page)) uses? cookies|by (?:continuing|clicking|using|signing"
            r"|subscribing|submitting|creating)\b.{0,100}\byou (?:agree|accept|consent|confirm"
            r"|acknowledge)\b"
            r"|accept(?: all)?(?: cookies)?$|manage (?:cookies|preferences|consent)"
            r"|this site is protected by recaptcha|disclaimer\b *:|(?:the )?(?:views"
            r"|opinions) expressed (?:in this|here|are those|are the author)\b"
            r"|unauthori[sz]ed (?:reproduction|use"
            r"|redistribution)|your privacy\b.{0,30}$|isbn|issn\b",
        ),
        (
            "invitation to readers",
            r"if you (?:enjoyed|liked|love) (?:this|reading|our)\b.{0,250}$"
            r"|for (?:more|the latest|all the latest|breaking)\b.{0,160}\b(?:sign(?:ing)? up|subscribe|click"
            r"|newsletters?|follow us|visit our|download)\b.{0,80}$"
            r"|(?:check out|read|see|find|get) (?:more|all) (?:of|from|on)\b.{0,120}\b(?:newsletters?"
            r"|by signing up|here|website)\b.{0,40}$"
            r"|tell us what you think|(?:have your say|let us know)\b.{0,60}$"
            r"|follow (?:him|her|them|us|me|the author)\b.{0,120}$|follow .{2,60}['’]s (?:full )?coverage\b"
            r"|more .{2,40}: ?https?://|article content$|story content$|most read\b.{0,30}$"
            r"|(?:we|our (?:editors|team)) independently (?:select|review|choose|evaluate)"
            r"|(?:buying|purchases?) (?:through|made).{0,60}\b(?:commission|earn)"
            r"|this copy is for your personal|our website is the place for"
            r"|you must (?:confirm|have)\b.{0,80}\bcomment"
            r"|(?:listen|watch|tune in)\b.{0,80}\blisten back\b",
        ),
        (
            "topic labels",
            r"(?:tags?|topics?|filed under|keywords?|categor(?:y|ies)|labels?|posted in|sections?"
            r"|hashtags?|story tags|in this story)\s*[:：]|#\w+(?:[\s,]+#\w+){0,30}$",
        ),
        (
            "contact or correction notice",
            r"our standards: |(?:contact (?:us|the author|the reporter|the newsroom|.{1,40} at)"
            r"|e-?mail(?: us)?(?: at)?|reach .{1,40} at|got a (?:tip|story|news tip)|do you have (?:a"
            r"|any) (?:tip|story|question|comment)"
            r"|have (?:a|you) .{0,20}(?:tip|story)|send (?:us )?(?:your )?(?:tips|letters|feedback)"
            r"|write to (?:us|the editor|.{2,60} at(?= [\w.+-]+@)))\b.{0,160}$|[\w.+-]+@[\w-]+\.[\w.-]+$"
            r"|(?:spotted|found|see) an? (?:error|mistake|typo)|report an? (?:error|mistake|typo"
            r"|correction)|(?:click here to )?(?:report|suggest) a correction"
            r"|was this article (?:helpful|useful)",
        ),
    )
)
# (reason, words that stand in it, pattern) of notices whose first words may be any.
_NOTICES = tuple(
    (reason, cue, re.compile(pattern, _I))
    for reason, cue, pattern in (
        (
            "subscription or newsletter box",
            "inbox",
            r".{0,60}\b(?:delivered|straight|sent) (?:straight |directly )?to your (?:e-?mail )?inbox",
        ),
        ("copyright or legal notice", "reserved", r".{0,120}\ball rights? reserved\b"),
        (
            "copyright or legal notice",
            "may not be",
            r".{0,80}\bmay not be (?:published|reproduced|copied|republished)\b.{0,80}"
            r"\b(?:broadcast|rewritten|redistributed|permission|consent)\b",
        ),
        ("copyright or legal notice", "may earn", r".{1,40} may earn (?:a )?(?:commission|from)"),
    )
)
END_LABELS = frozenset({"label of a list of links", "comment box", "copyright or legal notice"})
_CRUMB = re.compile(r"(?:home|front page|news|start|you are here)\b[^.!?]{0,150}$", _I)
_CRUMB_MARK = re.compile(r" ?[>›»→/|\\] ?")
_HAS_CRUMB_MARK = re.compile(r"[>›»→/|\\]")
_TWO_LETTERS = re.compile(r"[^\W\d_][\W\d_]*[^\W\d_]")
CLOCK = re.compile(
    r"(?:\[?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|BST|E[SD]T|P[SD]T|CES?T|KST|IST|ET"
    r"|PT)){0,2}\]?|(?:\d+|an?|one|two|three) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago"
    r"|\d+[hmd](?: ago)?|just now|yesterday|today)$",
    _I,
)


def furniture(text: str, n_words: int) -> str:
    """Why ``text`` is no part of an article, empty where its words do not say so."""
    if not _TWO_LETTERS.search(text):
        return "no words"
    if n_words > MAX_LABEL_WORDS or len(text) > MAX_LABEL_CHARS:
        return ""
    lowered = text.casefold()
    if lowered.strip(" :»>•·-–—|") in _NAVIGATION:
        return "navigation"
    if n_words <= 12 and all(
        word.strip(".,:;|·•()[]/") in _TOOLS or not word.strip(".,:;|·•()[]/-") for word in lowered.split()
    ):
        return "tool bar"
    if CLOCK.match(text):
        return "time of a post"
    half = len(text) // 2
    if n_words > 7 and text[half] == " " and text[:half] == text[half + 1 :]:
        return "the same words twice: a picture's and a link's"
    if is_breadcrumb(text):
        return "breadcrumb"
    for reason, pattern in _LABELS:
        if pattern.match(text):
            return reason
    for reason, cue, pattern in _NOTICES:
        if cue in lowered and pattern.match(text):
            return reason
    return ""


def is_breadcrumb(text: str) -> bool:
    """Whether ``text`` is a path through a site, "Home > World > Asia".

    >>> is_breadcrumb("Home > National > North Korea"), is_breadcrumb("Home prices are up > 3%.")
    (True, False)
    """
    if len(text) > 200 or text[-1] in ".!?" or not _HAS_CRUMB_MARK.search(text):
        return False
    n_marks = len(_CRUMB_MARK.findall(text))
    if _CRUMB.match(text):
        return n_marks >= 1
    segments = _CRUMB_MARK.split(text)
    return n_marks >= 2 and all(0 < len(s) <= 30 and s[0].isupper() for s in segments)
