//! Experiments and receipts as the page writes them: text in links, chats and files.

pub mod link;
pub mod receipt;
pub mod spec_text;
