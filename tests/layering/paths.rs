//! Finds the paths in Rust source, well enough for rules about who uses whom.

#![expect(clippy::needless_pass_by_value, reason = "tokens are read once")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// One file as far as the rules look at it.
pub(crate) struct Source {
    /// From the repository's root, with `/`.
    pub(crate) file: String,
    /// The module that it is: `["contest", "metric"]` for `src/contest/metric/mod.rs`.
    pub(crate) module: Vec<String>,
    /// Paths into the own crate, resolved.
    pub(crate) uses: Vec<Use>,
    /// First words of other paths with their lines: libraries, types and own modules.
    pub(crate) libraries: Vec<(usize, String)>,
    /// Modules that are only there for tests.
    test_modules: Vec<Vec<String>>,
    tokens: Vec<Token>,
}

/// A path into the own crate.
pub(crate) struct Use {
    /// From the crate's root.
    pub(crate) path: Vec<String>,
    /// Where it stands.
    pub(crate) line: usize,
    /// Whether it is passed on with `pub use`.
    pub(crate) public: bool,
}

#[derive(Clone, PartialEq)]
struct Token {
    line: usize,
    text: String,
}

/// Every Rust file under a folder.
pub(crate) fn read(folder: &Path, root: &Path) -> Vec<Source> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let mut sources = Vec::new();
    for path in entries {
        if path.is_dir() {
            sources.extend(read(&path, root));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let file = path.strip_prefix(root).unwrap();
            let file = file.to_string_lossy().replace('\\', "/");
            sources.push(Source::parse(&file, &fs::read_to_string(&path).unwrap()));
        }
    }
    sources
}

/// Leaves out files that belong to a module declared under `#[cfg(test)]`.
pub(crate) fn without_tests(sources: Vec<Source>) -> Vec<Source> {
    let tests: BTreeSet<Vec<String>> = sources
        .iter()
        .flat_map(|source| source.test_modules.clone())
        .collect();
    let is_test =
        |module: &[String]| (1..=module.len()).any(|length| tests.contains(&module[..length]));
    sources
        .into_iter()
        .filter(|source| !is_test(&source.module))
        .collect()
}

impl Source {
    /// Reads one file.
    pub(crate) fn parse(file: &str, text: &str) -> Self {
        let module = module_of(file);
        let (tokens, inner_tests) = cut_tests(tokens(text));
        let test_modules = inner_tests
            .into_iter()
            .map(|name| [module.clone(), vec![name]].concat())
            .collect();
        let mut source = Self {
            file: file.to_owned(),
            module,
            uses: Vec::new(),
            libraries: Vec::new(),
            test_modules,
            tokens,
        };
        source.find_paths();
        source
    }

    /// Places where a call such as `fs::write` stands.
    pub(crate) fn calls(&self, call: &str) -> Vec<(usize, String)> {
        let words: Vec<&str> = call.split("::").collect();
        let pattern = [words[0], "::", words[1]];
        self.tokens
            .windows(3)
            .filter(|window| {
                window
                    .iter()
                    .zip(pattern)
                    .all(|(found, wanted)| found.text == wanted)
            })
            .map(|window| (window[0].line, call.to_owned()))
            .collect()
    }

    fn find_paths(&mut self) {
        let mut position = 0;
        let mut public = false;
        while position < self.tokens.len() {
            let word = &self.tokens[position].text;
            if word == ";" {
                public = false;
            }
            if word == "use" {
                public = self.is_public(position);
            }
            let starts = is_word(word)
                && self.text(position + 1) == "::"
                && (position == 0 || self.text(position - 1) != "::");
            if !starts {
                position += 1;
                continue;
            }
            let line = self.tokens[position].line;
            let mut found = Vec::new();
            position = self.path(position, &[], &mut found);
            for path in found {
                self.note(path, line, public);
            }
        }
    }

    /// Whether a `use` at that place is passed on to other rooms.
    fn is_public(&self, position: usize) -> bool {
        position > 0 && matches!(self.text(position - 1), "pub" | ")")
    }

    fn text(&self, position: usize) -> &str {
        self.tokens
            .get(position)
            .map_or("", |token| token.text.as_str())
    }

    /// Reads one path, groups included, and returns the place after it.
    fn path(&self, start: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
        let mut path = before.to_vec();
        let mut position = start;
        loop {
            if self.text(position) == "{" {
                position += 1;
                while !matches!(self.text(position), "}" | "") {
                    if self.text(position) == "," {
                        position += 1;
                    } else {
                        position = self.path(position, &path, found);
                    }
                }
                return position + 1;
            }
            if is_word(self.text(position)) || self.text(position) == "*" {
                path.push(self.text(position).to_owned());
                position += 1;
            } else {
                // Something that is no path, such as the `<` of a type: it ends here.
                found.push(path);
                return position.max(start + 1);
            }
            if self.text(position) == "::" {
                position += 1;
                continue;
            }
            // Inside a group: `name as other`.
            if self.text(position) == "as" {
                position += 2;
            }
            found.push(path);
            return position;
        }
    }

    fn note(&mut self, path: Vec<String>, line: usize, public: bool) {
        let mut module = self.module.clone();
        let mut rest = path.as_slice();
        match rest.first().map(String::as_str) {
            Some("crate" | "mlfit") => {
                module.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|word| word == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
            }
            Some(first) => {
                self.libraries.push((line, first.to_owned()));
                return;
            }
            None => return,
        }
        module.extend_from_slice(rest);
        // `self` at the end of a group names the module itself.
        module.retain(|word| word != "self");
        self.uses.push(Use {
            path: module,
            line,
            public,
        });
    }
}

fn module_of(file: &str) -> Vec<String> {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    inner
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib" | "main"))
        .map(str::to_owned)
        .collect()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Words, `::` and single signs; comments, texts and characters are left out.
fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().collect();
    let at = |position: usize| characters.get(position).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut position = 0;
    let mut line = 1;
    while position < characters.len() {
        let start = position;
        match at(position) {
            '/' if at(position + 1) == '/' => {
                while position < characters.len() && at(position) != '\n' {
                    position += 1;
                }
            }
            '/' if at(position + 1) == '*' => {
                while position < characters.len()
                    && !(at(position) == '*' && at(position + 1) == '/')
                {
                    position += 1;
                }
                position += 2;
            }
            '"' => position = end_of_text(&characters, position),
            'r' | 'b' if raw_start(&characters, position).is_some() => {
                position = end_of_raw(&characters, position);
            }
            '\'' => position = end_of_character(&characters, position),
            ':' if at(position + 1) == ':' => {
                tokens.push(Token {
                    line,
                    text: "::".to_owned(),
                });
                position += 2;
            }
            first if first.is_alphabetic() || first == '_' => {
                while at(position).is_alphanumeric() || at(position) == '_' {
                    position += 1;
                }
                let text = characters[start..position].iter().collect();
                tokens.push(Token { line, text });
            }
            other => {
                if !other.is_whitespace() && !other.is_numeric() {
                    tokens.push(Token {
                        line,
                        text: other.to_string(),
                    });
                }
                position += 1;
            }
        }
        let end = position.min(characters.len());
        line += characters[start..end]
            .iter()
            .filter(|sign| **sign == '\n')
            .count();
    }
    tokens
}

fn end_of_text(characters: &[char], start: usize) -> usize {
    let mut position = start + 1;
    while position < characters.len() && characters[position] != '"' {
        position += if characters[position] == '\\' { 2 } else { 1 };
    }
    position + 1
}

/// The number of `#` of a raw text that starts here.
fn raw_start(characters: &[char], start: usize) -> Option<usize> {
    let before = start.checked_sub(1).map(|before| characters[before]);
    if before.is_some_and(|sign| sign.is_alphanumeric() || sign == '_') {
        return None;
    }
    let mut position = start;
    if characters[position] == 'b' {
        position += 1;
    }
    if characters.get(position) == Some(&'r') {
        position += 1;
    } else {
        return None;
    }
    let hashes = characters[position..]
        .iter()
        .take_while(|sign| **sign == '#')
        .count();
    (characters.get(position + hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw(characters: &[char], start: usize) -> usize {
    let hashes = raw_start(characters, start).unwrap_or(0);
    let mut position = start;
    while characters[position] != '"' {
        position += 1;
    }
    position += 1;
    while position < characters.len() {
        let closes = characters[position] == '"'
            && characters[position + 1..]
                .iter()
                .take(hashes)
                .filter(|sign| **sign == '#')
                .count()
                == hashes;
        if closes {
            return position + 1 + hashes;
        }
        position += 1;
    }
    position
}

/// A character such as `'a'` or `'\''`, or the beginning of a lifetime.
fn end_of_character(characters: &[char], start: usize) -> usize {
    match (characters.get(start + 1), characters.get(start + 2)) {
        (Some('\\'), _) => {
            let mut position = start + 3;
            while position < characters.len() && characters[position] != '\'' {
                position += 1;
            }
            position + 1
        }
        (Some(_), Some('\'')) => start + 3,
        (_, _) => start + 1,
    }
}

/// Removes modules under `#[cfg(test)]`, and names those that are other files.
fn cut_tests(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut files = Vec::new();
    let mut position = 0;
    let text = |position: usize| {
        tokens
            .get(position)
            .map_or("", |token: &Token| token.text.as_str())
    };
    while position < tokens.len() {
        let marked = MARK
            .iter()
            .enumerate()
            .all(|(offset, wanted)| text(position + offset) == *wanted);
        let module = (position + MARK.len()..tokens.len())
            .take_while(|place| !matches!(text(*place), ";" | "{"))
            .find(|place| text(*place) == "mod")
            .filter(|_| marked);
        let Some(module) = module else {
            kept.push(tokens[position].clone());
            position += 1;
            continue;
        };
        if text(module + 2) == ";" {
            files.push(text(module + 1).to_owned());
            position = module + 3;
            continue;
        }
        let mut depth = 0;
        position = module + 2;
        while position < tokens.len() {
            match text(position) {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            position += 1;
            if depth == 0 {
                break;
            }
        }
    }
    (kept, files)
}
