//! Blocks that run, typeset: the words of the rule language in one colour, citations in another, comments quiet. Only the look
//! is made here; what a block means is known to `law` alone.

use maud::{Markup, html};

use crate::words::policy as w;

/// Words of the rule language that open a definition or join its parts.
const KEYWORDS: [&str; 14] =
    ["每人", "条件", "否则", "转人工", "金额", "若", "则", "且", "或", "非", "属于", "不属于", "因", "起"];

/// A `law` block.
pub fn law(lines: &[&str]) -> Markup {
    html! {
        div.law {
            p.tag { (w::RULE) }
            ol { @for line in lines.iter().filter(|l| !l.trim().is_empty()) { li.go-on[line.starts_with(' ')] { (line_of(line.trim())) } } }
        }
    }
}

/// A `case` block: a worked case, which residents read as an example.
pub fn worked(lines: &[&str]) -> Markup {
    html! {
        div.worked {
            p.tag { (w::WORKED) }
            ul { @for line in lines.iter().filter(|l| !l.trim().is_empty()) { li { (line.trim_end()) } } }
        }
    }
}

fn line_of(line: &str) -> Markup {
    html! { @for piece in pieces(line) { @match piece { Piece::Word(t) => span.kw { (t) }, Piece::Cite(t) => span.ref { (t) }, Piece::Said(t) => span.say { (t) }, Piece::Text(t) => (t) } } }
}

enum Piece<'a> {
    Word(&'a str),
    Cite(&'a str),
    Said(&'a str),
    Text(&'a str),
}

/// Splits at citations and quoted sentences first, then at keywords that stand alone between spaces or brackets.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['〔', '"', '“']) {
        words_of(&rest[..at], &mut pieces);
        let open = rest[at..].chars().next().unwrap_or_default();
        let close = match open {
            '〔' => '〕',
            '“' => '”',
            same => same,
        };
        let from = at + open.len_utf8();
        let end = rest[from..].find(close).map_or(rest.len(), |n| from + n + close.len_utf8());
        let piece = &rest[at..end];
        pieces.push(if open == '〔' { Piece::Cite(piece) } else { Piece::Said(piece) });
        rest = &rest[end..];
    }
    words_of(rest, &mut pieces);
    pieces
}

fn words_of<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    for word in text.split_inclusive([' ', '(', ')', '（', '）']) {
        let bare = word.trim_end_matches([' ', '(', ')', '（', '）']);
        if KEYWORDS.contains(&bare) {
            pieces.push(Piece::Word(bare));
            pieces.push(Piece::Text(&word[bare.len()..]));
        } else {
            pieces.push(Piece::Text(word));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_keeps_every_character_it_had() {
        for line in [
            "条件 收入低于标准: 月收入 < 标准 × 人口 〔办法 第四条〕",
            "否则 \"不低于“标准”\"",
            "非 任一(有机动车 且 非 摩托车, 计入)",
            "〔没有合上",
        ] {
            let shown: String = pieces(line)
                .iter()
                .map(|p| match p {
                    Piece::Word(t) | Piece::Cite(t) | Piece::Said(t) | Piece::Text(t) => *t,
                })
                .collect();
            assert_eq!(shown, line);
        }
        let marked = line_of("条件 甲: 乙 〔办法 第四条〕").0;
        assert!(
            marked.contains("<span class=\"kw\">条件</span>")
                && marked.contains("<span class=\"ref\">〔办法 第四条〕</span>"),
            "{marked}"
        );
    }
}
