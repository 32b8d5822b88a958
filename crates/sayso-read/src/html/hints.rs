//! What the names that a page gives its elements (class, id, role) say about them.

/// What is known of an element beside its tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints(pub u16);

impl Hints {
    /// Page furniture.
    pub const CHROME: Hints = Hints(1);
    /// The article's words.
    pub const BODY: Hints = Hints(2);
    /// Words beneath a picture, or who took it.
    pub const CAPTION: Hints = Hints(4);
    /// Who wrote it.
    pub const BYLINE: Hints = Hints(8);
    /// When it was published.
    pub const DATE: Hints = Hints(16);
    /// The headline.
    pub const TITLE: Hints = Hints(32);
    /// Not shown.
    pub const HIDDEN: Hints = Hints(64);
    /// Who took the picture.
    pub const CREDIT: Hints = Hints(128);
    /// A name that is often chrome and often not.
    pub const DOUBT: Hints = Hints(256);
    /// A standfirst beneath the headline.
    pub const DEK: Hints = Hints(512);
    /// Readers' comments.
    pub const COMMENTS: Hints = Hints(1024);

    /// Another's words shown as they were posted elsewhere.
    pub const POST: Hints = Hints(2048);

    /// Whether it holds all of another.
    pub fn has(self, other: Hints) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    pub fn with(self, other: Hints) -> Hints {
        Hints(self.0 | other.0)
    }
}

/// Words of a name that mark furniture.
const CHROME: &[&str] = &[
    "ad",
    "ads",
    "adbox",
    "adslot",
    "adunit",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "addthis",
    "adsense",
    "breadcrumb",
    "breadcrumbs",
    "bookmark",
    "cookie",
    "cookies",
    "consent",
    "dfp",
    "disqus",
    "donate",
    "donation",
    "follow",
    "footer",
    "gdpr",
    "login",
    "masthead",
    "menu",
    "modal",
    "mostpopular",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "navi",
    "newsletter",
    "newsletters",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "popup",
    "print",
    "promo",
    "promos",
    "promotion",
    "recirc",
    "recirculation",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "related",
    "relatedposts",
    "relatednews",
    "relatedarticles",
    "readmore",
    "register",
    "share",
    "shares",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sharethis",
    "sharetools",
    "sidebar",
    "signin",
    "signup",
    "sitemap",
    "skip",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "taglist",
    "teaser",
    "teasers",
    "toolbar",
    "topbar",
    "tooltip",
    "trending",
    "toc",
    "upnext",
    "yarpp",
    "zergnet",
    "copyright",
    "jp",
    "postnav",
    "relcontent",
    "morefrom",
    "newsalert",
    "popular",
    "jeg",
    "feedback",
    "rating",
    "ratings",
    "crosslinks",
    "dropdown",
];

/// Words of a name that mark readers' comments.
const COMMENTS: &[&str] = &[
    "comment",
    "comments",
    "commentlist",
    "commentary-list",
    "respond",
    "replies",
    "livefyre",
    "viafoura",
    "coral",
    "spotim",
    "openweb",
];

/// Words of a name that may mark furniture.
const DOUBT: &[&str] = &[
    "aside",
    "box",
    "bottom",
    "bio",
    "card",
    "cards",
    "category",
    "categories",
    "cta",
    "extra",
    "header",
    "info",
    "inline",
    "kicker",
    "latest",
    "link",
    "links",
    "list",
    "meta",
    "more",
    "next",
    "player",
    "prev",
    "previous",
    "rail",
    "series",
    "section-title",
    "tag",
    "tools",
    "topic",
    "topics",
    "video",
    "widget",
    "widgets",
    "alert",
    "gallery",
    "slideshow",
    "embed",
    "infobox",
    "metadata",
    "eyebrow",
    "byline",
    "author",
    "authors",
    "form",
    "banner",
    "hero",
    "profile",
];

/// A name's letters that mark the article's words.
const BODY: &[&str] = &[
    "articlebody",
    "articlecontent",
    "articletext",
    "articlemaincontent",
    "articledetail",
    "artcontent",
    "arttext",
    "articlecopy",
    "bodycopy",
    "bodytext",
    "bodycontent",
    "blogcontent",
    "blogpostbody",
    "contentbody",
    "entrycontent",
    "entrybody",
    "entrytext",
    "itemfulltext",
    "newsbody",
    "newscontent",
    "newstext",
    "pagecontent",
    "postbody",
    "postcontent",
    "postentry",
    "posttext",
    "richtext",
    "singlecontent",
    "storybody",
    "storycontent",
    "storytext",
    "textbody",
    "contentarticle",
    "contentbodytext",
    "fulltext",
    "storyarea",
    "articleparagraph",
    "maincontent",
];

/// What the names of an element say. `names` are its class, id and like attributes, parted by blanks.
pub(crate) fn of(names: &str) -> Hints {
    let mut out = Hints::default();
    for name in names.split_whitespace() {
        if name.len() > 80 {
            continue;
        }
        let letters: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if BODY.iter().any(|b| letters.contains(b)) {
            out = out.with(Hints::BODY);
        }
        if matches!(
            letters.as_str(),
            "twittertweet"
                | "instagrammedia"
                | "tiktokembed"
                | "blueskyembed"
                | "mastodonembed"
                | "twittervideo"
        ) {
            out = out.with(Hints::POST);
            continue;
        }
        let mut chrome = false;
        parts(name, |w| {
            if CHROME.contains(&w) {
                chrome = true;
            } else if COMMENTS.contains(&w) {
                out = out.with(Hints::COMMENTS);
            } else if DOUBT.contains(&w) {
                out = out.with(Hints::DOUBT);
            }
            let more = match w {
                "caption" | "captions" | "figcaption" | "cutline" | "photocaption"
                | "imagecaption" => Hints::CAPTION,
                "credit" | "credits" | "photographer" | "imagecredit" | "photocredit" => {
                    Hints::CREDIT
                }
                "byline" | "author" | "authors" | "contributor" | "writer" => Hints::BYLINE,
                "date" | "dateline" | "datetime" | "published" | "publish" | "pubdate"
                | "posted" | "timestamp" | "time" | "postdate" => Hints::DATE,
                "headline" | "title" | "heading" | "hed" => Hints::TITLE,
                "hidden" | "hide" | "invisible" | "offscreen" => Hints::HIDDEN,
                "dek" | "standfirst" | "subheadline" | "subtitle" | "subhead" | "deck" | "lede"
                | "subheading" => Hints::DEK,
                _ => Hints::default(),
            };
            out = out.with(more);
        });
        // A name that says both is the wrapper of both.
        if chrome {
            out = out.with(Hints::CHROME);
        }
        if matches!(
            letters.as_str(),
            "sronly"
                | "visuallyhidden"
                | "screenreadertext"
                | "screenreaderonly"
                | "srtext"
                | "uhidden"
                | "screenreader"
        ) {
            out = out.with(Hints::HIDDEN);
        }
    }
    out
}

/// The words of a name: "relatedPosts-box" is related, posts, box, and whole, without its marks, as well.
fn parts(name: &str, mut each: impl FnMut(&str)) {
    let mut word = String::with_capacity(name.len());
    let mut whole = String::with_capacity(name.len());
    let mut count = 0;
    let mut before = ' ';
    for c in name.chars() {
        let breaks =
            !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
        if breaks && !word.is_empty() {
            each(&word);
            count += 1;
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
            whole.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        each(&word);
        count += 1;
    }
    if count > 1 {
        each(&whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert!(of("relatedPosts-box").has(Hints::CHROME));
        assert!(of("c-article__body wide").has(Hints::BODY));
        assert!(!of("shareholder-report").has(Hints::CHROME));
        assert!(of("photo_caption").has(Hints::CAPTION));
        assert!(of("comment-list").has(Hints::COMMENTS));
    }
}
