//! Model files: one line of JSON, exact to the last bit, checked on reading.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::booster::Booster;
use crate::error::BoostingError;
use crate::exact::{self, Exact};
use crate::loss::Loss;
use crate::tree::{Branch, Child, Leaf, MAX_DEPTH, Tree, leaf_number};

const FORMAT: &str = "gancho.boosting/1";

/// The part of a file that says what it is.
#[derive(Deserialize)]
struct Head {
    format: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    loss: Loss,
    columns: usize,
    start: Exact,
    trees: Vec<Lists>,
    gain: Vec<Exact>,
    curve: Vec<Exact>,
}

/// A tree as lists: five with an entry for each branch, two with one for each leaf.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    column: Vec<u32>,
    threshold: Vec<f32>,
    missing_left: Vec<u8>,
    left: Vec<Child>,
    right: Vec<Child>,
    value: Vec<Exact>,
    cover: Vec<Exact>,
}

impl Booster {
    /// The model as one line of JSON with a line feed.
    ///
    /// # Errors
    /// None in practice: [`BoostingError::Damaged`] should a number refuse to be written.
    pub fn to_json(&self) -> Result<String, BoostingError> {
        let line = serde_json::to_string(&File::of(self))
            .map_err(|it| BoostingError::Damaged { detail: it.to_string() })?;
        Ok(line + "\n")
    }

    /// Reads what [`Booster::to_json`] wrote.
    ///
    /// # Errors
    /// [`BoostingError::Format`] for a file of another kind, [`BoostingError::Damaged`] and
    /// [`BoostingError::DamagedTree`] for one that makes no sense.
    pub fn from_json(text: &str) -> Result<Self, BoostingError> {
        let damaged = |detail: String| BoostingError::Damaged { detail };
        let head: Head = serde_json::from_str(text).map_err(|it| damaged(it.to_string()))?;
        if head.format != FORMAT {
            return Err(BoostingError::Format { found: head.format, expected: FORMAT.into() });
        }
        let file: File = serde_json::from_str(text).map_err(|it| damaged(it.to_string()))?;
        file.booster()
    }
}

impl File {
    fn of(booster: &Booster) -> Self {
        Self {
            format: FORMAT.into(),
            loss: booster.loss,
            columns: booster.width,
            start: Exact(booster.start),
            trees: booster.trees.iter().map(Lists::of).collect(),
            gain: exact::write(&booster.gains),
            curve: exact::write(&booster.curve),
        }
    }

    /// Checks what the file claims.
    fn booster(self) -> Result<Booster, BoostingError> {
        if self.format != FORMAT {
            return Err(BoostingError::Format { found: self.format, expected: FORMAT.into() });
        }
        self.loss.check_parameters()?;
        if self.gain.len() != self.columns {
            let detail = format!("{} gains for {} columns", self.gain.len(), self.columns);
            return Err(BoostingError::Damaged { detail });
        }
        let trees = self.trees.into_iter().enumerate().map(|(index, lists)| lists.tree(index, self.columns));
        Ok(Booster {
            loss: self.loss,
            width: self.columns,
            start: self.start.0,
            trees: trees.collect::<Result<_, _>>()?,
            gains: exact::read(self.gain),
            curve: exact::read(self.curve),
        })
    }
}

impl Serialize for Booster {
    /// As in the file, but inside another one.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        File::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Booster {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        File::deserialize(deserializer)?.booster().map_err(serde::de::Error::custom)
    }
}

impl Lists {
    fn of(tree: &Tree) -> Self {
        let branches = || tree.branches.iter();
        Self {
            column: branches().map(|it| it.column).collect(),
            threshold: branches().map(|it| it.threshold).collect(),
            missing_left: branches().map(|it| u8::from(it.missing_left)).collect(),
            left: branches().map(|it| it.left).collect(),
            right: branches().map(|it| it.right).collect(),
            value: tree.leaves.iter().map(|it| Exact(it.value)).collect(),
            cover: tree.leaves.iter().map(|it| Exact(it.cover)).collect(),
        }
    }

    /// Checks what the file claims: every walk must end in a leaf of this tree.
    fn tree(self, tree: usize, columns: usize) -> Result<Tree, BoostingError> {
        let fault =
            |node: usize, detail: &str| Err(BoostingError::DamagedTree { tree, node, detail: detail.into() });
        let branches = self.column.len();
        let lengths = [self.threshold.len(), self.missing_left.len(), self.left.len(), self.right.len()];
        let leaves = [self.value.len(), self.cover.len()];
        if branches == 0 || lengths != [branches; 4] || leaves != [branches + 1; 2] {
            return fault(0, "its lists differ in length or are empty");
        }
        let mut depths = vec![0; branches];
        let mut is_reached = [vec![false; branches], vec![false; branches + 1]];
        for node in 0..branches {
            if self.column[node] as usize >= columns {
                return fault(node, "it asks about a column that does not exist");
            }
            if !self.threshold[node].is_finite() || self.missing_left[node] > 1 {
                return fault(node, "its threshold is not finite or its side for missing values unknown");
            }
            if depths[node] == MAX_DEPTH {
                return fault(node, "it lies too deep");
            }
            for child in [self.left[node], self.right[node]] {
                let (kind, number) = leaf_number(child).map_or((0, child as usize), |it| (1, it));
                // Children come after their parent and have only one, so no walk goes round in circles.
                if number >= is_reached[kind].len()
                    || is_reached[kind][number]
                    || (kind == 0 && number <= node)
                {
                    return fault(node, "it has an impossible child");
                }
                is_reached[kind][number] = true;
                if kind == 0 {
                    depths[number] = depths[node] + 1;
                }
            }
        }
        if let Some(leaf) =
            (0..=branches).find(|it| !(self.value[*it].0.is_finite() && self.cover[*it].0 > 0.0))
        {
            return fault(leaf, "it is a leaf whose value is not finite or whose cover is not above zero");
        }
        let branch = |node: usize| Branch {
            column: self.column[node],
            threshold: self.threshold[node],
            missing_left: self.missing_left[node] == 1,
            left: self.left[node],
            right: self.right[node],
            cover: 0.0,
        };
        let leaf = |(value, cover): (&Exact, &Exact)| Leaf { value: value.0, cover: cover.0 };
        let leaves = self.value.iter().zip(&self.cover).map(leaf).collect();
        let mut tree = Tree { branches: (0..branches).map(branch).collect(), leaves, depth: 0 };
        tree.complete();
        Ok(tree)
    }
}
