//! What can be wrong with a model, one sentence each.

/// Why a converted model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes are something else.
    #[error("this is not a converted language model")]
    NotAModel,
    /// Written by another version of the converter.
    #[error(
        "the language model has format {found}, this program reads format {expected}; convert it again"
    )]
    Version {
        /// Format of the file.
        found: u32,
        /// Format this build reads.
        expected: u32,
    },
    /// Shorter or longer than its header says.
    #[error("the language model is incomplete: {found} of {expected} bytes; install it again")]
    Length {
        /// Bytes there are.
        found: u64,
        /// Bytes there should be.
        expected: u64,
    },
    /// A checksum, a count or a string is wrong.
    #[error("the language model is damaged; install it again")]
    Damaged,
    /// The content is intact but is not what its header states.
    #[error("the language model's content does not have the hash it states; install it again")]
    Hash,
    /// A label that no type of this crate has.
    #[error("the language model uses the label {0}, which this program does not know")]
    Label(String),
    /// A layer has another size than the runtime computes.
    #[error("the language model has a layer of a size this program does not compute: {0}")]
    Shape(String),
}

/// Why a spaCy package cannot be converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// Not a zip archive, or one that is broken or too large when unpacked.
    #[error("the wheel cannot be unpacked: {0}")]
    Archive(String),
    /// A file of the package is not there.
    #[error("the package has no {0}: it is not a spaCy pipeline")]
    Missing(String),
    /// A file cannot be read.
    #[error("{file} of the package cannot be read: {why}")]
    Unreadable {
        /// File in the package.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// The pipeline needs what this runtime does not have.
    #[error("this runtime lacks components of the pipeline: {0}")]
    Components(String),
    /// A component is of a kind or size that is not computed here.
    #[error("this runtime does not know {0}")]
    Unknown(String),
    /// The converted content is not a usable model.
    #[error("the converted model cannot be used: {0}")]
    Model(#[from] ModelError),
}
