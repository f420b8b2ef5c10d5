//! Tables for spreadsheets, in both directions. A cell that a spreadsheet would take for a formula is written with an
//! apostrophe before it, which reading takes away again (`security.md`, 30).

use crate::Error;

/// What begins a formula somewhere: in ASCII and in full width.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Writes a table.
pub(crate) struct Writer(csv::Writer<Vec<u8>>);

impl Writer {
    /// A table with these columns. It begins with the mark by which Excel knows UTF-8.
    pub(crate) fn new(columns: &[&str]) -> Writer {
        let mut inner = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        // Into memory: it can't fail, and the first row would say so.
        let _ = inner.write_record(columns);
        Writer(inner)
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[&str]) -> Result<(), Error> {
        let cells = cells.iter().map(|cell| neutral(cell));
        self.0.write_record(cells).map_err(Error::internal)
    }

    /// The bytes.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        self.0
            .into_inner()
            .map_err(|error| Error::internal(error.to_string()))
    }
}

fn neutral(cell: &str) -> String {
    let mark = if cell.starts_with(FORMULA) || cell.starts_with('\'') {
        "'"
    } else {
        ""
    };
    format!("{mark}{cell}")
}

/// The rows of a table below its head: each cell by the name of its column, in small letters.
///
/// # Errors
/// The number of the line, from 1, that is no row of a table.
pub(crate) fn read(text: &str) -> Result<Vec<std::collections::BTreeMap<String, String>>, u64> {
    let text = text.trim_start_matches('\u{feff}');
    // A spreadsheet in Hebrew Windows separates by semicolon where the decimal comma is set.
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.matches(';').count() > head.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let line = |error: &csv::Error| error.position().map_or(1, csv::Position::line);
    let columns: Vec<String> = match reader.headers() {
        Ok(columns) => columns.iter().map(str::to_lowercase).collect(),
        Err(error) => return Err(line(&error)),
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| line(&error))?;
        let cells = record
            .iter()
            .map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned());
        rows.push(columns.iter().cloned().zip(cells).collect());
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_text() {
        let mut table = Writer::new(&["a"]);
        table.row(&["=1+1"]).expect("written");
        let bytes = table.finish().expect("bytes");
        assert!(String::from_utf8(bytes).expect("UTF-8").ends_with("a\n'=1+1\n"));
    }

    #[test]
    fn semicolons_separate_where_the_head_has_them() {
        let rows = read("Email;Name\r\nx@y;דנה, לוי\r\n").expect("a table");
        assert_eq!(
            (rows[0]["email"].as_str(), rows[0]["name"].as_str()),
            ("x@y", "דנה, לוי")
        );
    }

    #[test]
    fn a_broken_row_is_named() {
        assert_eq!(read("a,b\n1,2\n3\n"), Err(3));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(cells in proptest::collection::vec("[ -~א-ת\n'=+@]{0,12}", 2..3)) {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
            let mut table = Writer::new(&["a", "b"]);
            table.row(&cells).expect("written");
            let text = String::from_utf8(table.finish().expect("bytes")).expect("UTF-8");
            let rows = read(&text).expect("read");
            prop_assert_eq!(&rows[0]["a"], cells[0]);
            prop_assert_eq!(&rows[0]["b"], cells[1]);
        }
    }
}
