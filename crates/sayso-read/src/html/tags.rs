//! The elements of HTML as far as reading cares: which break a line, which hold no text to read.

/// An element by what it does to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Tag {
    Root,
    /// Any other element that stands within a line.
    Inline,
    /// Any other element that stands as a block.
    Block,
    A,
    Address,
    Article,
    Aside,
    Blockquote,
    Body,
    Br,
    Button,
    Caption,
    Dd,
    Details,
    Div,
    Dl,
    Dt,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Html,
    Li,
    Main,
    Meta,
    Nav,
    Ol,
    P,
    Pre,
    Section,
    /// Its content is no text of the page: scripts, styles, drawings, controls.
    Skip,
    Summary,
    Table,
    Td,
    Th,
    Time,
    Title,
    Tr,
    Ul,
    /// An element without content that leaves the text alone.
    Void,
    Hr,
}

/// How many tags there are, for tables over them.
pub(crate) const TAGS: usize = Tag::Hr as usize + 1;

impl Tag {
    /// The element of a name in lower case.
    pub fn of(name: &[u8]) -> Tag {
        match name {
            b"a" => Tag::A,
            b"address" => Tag::Address,
            b"article" => Tag::Article,
            b"aside" => Tag::Aside,
            b"blockquote" | b"q-block" => Tag::Blockquote,
            b"body" => Tag::Body,
            b"br" => Tag::Br,
            b"button" => Tag::Button,
            b"caption" => Tag::Caption,
            b"dd" => Tag::Dd,
            b"details" => Tag::Details,
            b"div" => Tag::Div,
            b"dl" => Tag::Dl,
            b"dt" => Tag::Dt,
            b"figcaption" => Tag::Figcaption,
            b"figure" => Tag::Figure,
            b"footer" => Tag::Footer,
            b"form" => Tag::Form,
            b"h1" => Tag::H1,
            b"h2" => Tag::H2,
            b"h3" => Tag::H3,
            b"h4" => Tag::H4,
            b"h5" => Tag::H5,
            b"h6" => Tag::H6,
            b"head" => Tag::Head,
            b"header" => Tag::Header,
            b"hr" => Tag::Hr,
            b"html" => Tag::Html,
            b"li" => Tag::Li,
            b"main" => Tag::Main,
            b"meta" => Tag::Meta,
            b"nav" => Tag::Nav,
            b"ol" => Tag::Ol,
            b"p" => Tag::P,
            b"pre" => Tag::Pre,
            b"section" => Tag::Section,
            b"summary" => Tag::Summary,
            b"table" => Tag::Table,
            b"td" => Tag::Td,
            b"th" => Tag::Th,
            b"time" => Tag::Time,
            b"title" => Tag::Title,
            b"tr" => Tag::Tr,
            b"ul" => Tag::Ul,
            b"script" | b"style" | b"template" | b"svg" | b"math" | b"noscript" | b"iframe"
            | b"object" | b"canvas" | b"audio" | b"video" | b"select" | b"datalist"
            | b"textarea" | b"noembed" | b"noframes" | b"map" | b"xmp" | b"dialog" => Tag::Skip,
            b"img" | b"input" | b"link" | b"area" | b"base" | b"col" | b"embed" | b"source"
            | b"track" | b"wbr" | b"param" | b"frame" => Tag::Void,
            b"center" | b"dir" | b"fieldset" | b"frameset" | b"hgroup" | b"legend" | b"menu"
            | b"tbody" | b"tfoot" | b"thead" | b"colgroup" | b"search" | b"option"
            | b"optgroup" => Tag::Block,
            // Elements of a page's own making wrap blocks more often than words.
            n if n.contains(&b'-') => Tag::Block,
            _ => Tag::Inline,
        }
    }

    /// Level of a heading.
    pub fn heading(self) -> Option<u8> {
        let n = (self as u8).wrapping_sub(Tag::H1 as u8);
        (n < 6).then(|| n + 1)
    }

    /// Whether an end tag of something within must not close elements beyond this one.
    pub fn walls(self) -> bool {
        matches!(
            self,
            Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Html | Tag::Root
        )
    }
}
