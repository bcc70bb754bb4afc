//! Verifying the chains: every row follows the one before it, what each row speaks of is as it was written, and nothing stands
//! in the books that no row speaks of. All of it is read as of one moment, so that writing may go on.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::{Any, Row, Transaction};

use super::recount::{Recount, STANDING, UNSPOKEN, recount, standing_key};
use super::{as_it_stands, row_hash};
use crate::{Store, StoreError};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Rows checked.
    pub rows: u64,
    /// County → number and hash of its newest row; keep these elsewhere, and [`Store::compare_heads`] finds newest rows deleted later.
    pub heads: Vec<Head>,
    /// The first row that does not fit; none when all fit.
    pub broken: Option<Broken>,
}

/// The newest row of a county's chain.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// County.
    pub county: String,
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// The first broken row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// County.
    pub county: String,
    /// Row.
    pub seq: i64,
    /// What does not fit, in plain Chinese.
    pub what: String,
}

/// Rows of a chain that are read at once.
const PAGE: i64 = 5_000;

struct Checking<'a> {
    tx: Transaction<'a, Any>,
    found: Verification,
    /// What some row speaks of: county and the key of what was written.
    spoken_of: HashSet<(String, String)>,
    /// County and key of a case or envelope → number and digest of the newest row about it.
    standing: HashMap<(String, String), (i64, String)>,
}

impl Store {
    /// A number that grows with every write, because every write has its audit row: as long as it stands, nothing has changed.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn audit_mark(&self) -> Result<i64, StoreError> {
        let row =
            sqlx::query("SELECT CAST(COALESCE(SUM(seq), 0) AS BIGINT) FROM audit_head").fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("查看审计链"))?.get(0))
    }

    /// Recomputes every chain, and the digests of what the rows speak of; names the first row that does not fit.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify_audit(&self) -> Result<Verification, StoreError> {
        let found = Verification { rows: 0, heads: Vec::new(), broken: None };
        let (tx, spoken_of, standing) = (self.snapshot().await?, HashSet::new(), HashMap::new());
        let mut checking = Checking { tx, found, spoken_of, standing };
        let heads = checking.heads().await?;
        for (county, head) in &heads {
            if checking.found.broken.is_none() {
                checking.chain(county, head).await?;
            }
        }
        if checking.found.broken.is_none() {
            checking.unspoken().await?;
        }
        if checking.found.broken.is_none() {
            checking.standing().await?;
        }
        Ok(checking.found)
    }
}

impl Checking<'_> {
    /// The head that each county should end at; a county with rows but without a head ends nowhere.
    async fn heads(&mut self) -> Result<BTreeMap<String, (i64, String)>, StoreError> {
        let failed = |cause| StoreError::Database { doing: "读审计链头", cause };
        let mut heads = BTreeMap::new();
        for row in sqlx::query("SELECT DISTINCT county FROM audit").fetch_all(&mut *self.tx).await.map_err(failed)? {
            heads.insert(row.get(0), (0, String::new()));
        }
        for row in
            sqlx::query("SELECT county, seq, hash FROM audit_head").fetch_all(&mut *self.tx).await.map_err(failed)?
        {
            heads.insert(row.get(0), (row.get(1), row.get(2)));
        }
        Ok(heads)
    }

    async fn chain(&mut self, county: &str, head: &(i64, String)) -> Result<(), StoreError> {
        let mut last = Head { county: county.to_owned(), seq: 0, hash: String::new() };
        loop {
            let rows = sqlx::query(
                "SELECT seq, at, actor, act, subject, payload, prev, hash FROM audit WHERE county = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            )
            .bind(county)
            .bind(last.seq)
            .bind(PAGE)
            .fetch_all(&mut *self.tx)
            .await
            .map_err(StoreError::database("验算审计链"))?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let text = |at: usize| row.get::<String, _>(at);
                let seq = row.get::<i64, _>(0);
                let fields = [1, 2, 3, 4, 5].map(text);
                let hash = row_hash(county, seq, fields.each_ref().map(String::as_str), &last.hash);
                let what = if seq != last.seq + 1 {
                    Some(format!("审计链缺第 {} 号记录", last.seq + 1))
                } else if text(6) != last.hash || text(7) != hash {
                    Some("这条审计记录被改过".to_owned())
                } else {
                    self.subject(county, seq, &fields[3], &fields[4]).await?
                };
                if let Some(what) = what {
                    return self.broken(county, seq, what);
                }
                self.found.rows += 1;
                (last.seq, last.hash) = (seq, hash);
            }
        }
        if (last.seq, &last.hash) != (head.0, &head.1) {
            let what = format!("审计链最新的记录应是第 {} 号，现在到第 {} 号为止", head.0, last.seq);
            return self.broken(county, last.seq, what);
        }
        self.found.heads.push(last);
        Ok(())
    }

    fn broken(&mut self, county: &str, seq: i64, what: String) -> Result<(), StoreError> {
        self.found.broken = Some(Broken { county: county.to_owned(), seq, what });
        Ok(())
    }

    /// Whether what an audit row speaks of still has the digest that stands in the row.
    async fn subject(
        &mut self,
        county: &str,
        seq: i64,
        subject: &str,
        payload: &str,
    ) -> Result<Option<String>, StoreError> {
        if let Some(key) = standing_key(subject) {
            self.standing.insert((county.to_owned(), key.to_owned()), (seq, payload.to_owned()));
        }
        let Some(Recount { key, name, digest }) = recount(&mut self.tx, county, subject).await? else {
            return Ok(None);
        };
        self.spoken_of.insert((county.to_owned(), key));
        Ok((digest != payload).then(|| format!("{name}（{subject}）的内容与当时写入的不一致")))
    }

    /// Names the first thing in the books that no audit row speaks of.
    async fn unspoken(&mut self) -> Result<(), StoreError> {
        for kind in UNSPOKEN {
            let rows = sqlx::query(kind.sql).fetch_all(&mut *self.tx).await;
            for row in rows.map_err(StoreError::database("清点审计链没有记载的内容"))? {
                let (county, key): (String, String) = (row.get(0), row.get(1));
                let place = (county, key);
                if !self.spoken_of.contains(&place) {
                    let what = format!("{}（{}）没有审计记录，不是经系统写入的", kind.name, place.1);
                    return self.broken(&place.0, 0, what);
                }
            }
        }
        Ok(())
    }

    /// Whether every case and envelope stands as the newest row about it says.
    async fn standing(&mut self) -> Result<(), StoreError> {
        for kind in STANDING {
            let rows = sqlx::query(kind.sql).fetch_all(&mut *self.tx).await;
            for row in rows.map_err(StoreError::database("验算办件和批次的现状"))? {
                let [county, key, state, document] = [0, 1, 2, 3].map(|at| row.get::<String, _>(at));
                let place = (county, key);
                let said = self.standing.get(&place).cloned();
                if said.as_ref().map(|(_, digest)| digest.as_str()) != Some(as_it_stands(&state, &document).as_str()) {
                    let what = format!("{}（{}）与最近一次写入的不一致", kind.name, place.1);
                    return self.broken(&place.0, said.map_or(0, |(seq, _)| seq), what);
                }
            }
        }
        Ok(())
    }
}
