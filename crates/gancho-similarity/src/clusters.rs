//! Groups of vectors that say the same.

use crate::WidthError;

/// Members of a cluster lie at least this close to its center. Chosen on sentence embeddings of questions below
/// advertisements, where lower values join "price?" with "delivery?".
pub const SAME_TOPIC_COSINE: f32 = 0.6;

/// Vectors that lie close together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its members, as positions in the order given; the one nearest to the center comes first.
    pub members: Vec<usize>,
}

/// Groups unit vectors, largest group first, by leaders (Hartigan 1975, *Clustering Algorithms*, chapter 3): each
/// vector in the order given joins the nearest center that is close enough, or begins a group; then each joins the
/// nearest center of the final ones. So put what matters most first.
///
/// Time grows with the number of vectors times the number of groups.
///
/// # Errors
/// [`WidthError`] when the vectors are not equally long.
pub fn clusters(vectors: &[&[f32]], least_cosine: f32) -> Result<Vec<Cluster>, WidthError> {
    let expected = vectors.first().map_or(0, |it| it.len());
    if let Some(other) = vectors.iter().find(|it| it.len() != expected) {
        return Err(WidthError { expected, found: other.len() });
    }
    let mut centers: Vec<Vec<f32>> = Vec::new();
    for vector in vectors {
        match nearest(&centers, vector) {
            Some((at, cosine)) if cosine >= least_cosine => {
                centers[at].iter_mut().zip(*vector).for_each(|(sum, it)| *sum += it);
            }
            _ => centers.push(vector.to_vec()),
        }
    }
    let mut groups: Vec<Vec<(usize, f32)>> = vec![Vec::new(); centers.len()];
    for (member, vector) in vectors.iter().enumerate() {
        if let Some((at, cosine)) = nearest(&centers, vector) {
            groups[at].push((member, cosine));
        }
    }
    groups.retain(|it| !it.is_empty());
    for group in &mut groups {
        group.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    let mut clusters: Vec<Cluster> = groups
        .into_iter()
        .map(|it| Cluster { members: it.into_iter().map(|(member, _)| member).collect() })
        .collect();
    clusters.sort_by_key(|it| std::cmp::Reverse(it.members.len()));
    Ok(clusters)
}

/// The center with the greatest cosine to a unit vector; the first of equals.
fn nearest(centers: &[Vec<f32>], vector: &[f32]) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (at, center) in centers.iter().enumerate() {
        let (mut dot, mut square) = (0.0f32, 0.0f32);
        for (a, b) in center.iter().zip(vector) {
            dot += a * b;
            square += a * a;
        }
        let cosine = dot / square.sqrt().max(f32::MIN_POSITIVE);
        if best.is_none_or(|it| cosine > it.1) {
            best = Some((at, cosine));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_become_groups_and_the_middle_comes_first() {
        let at = |degrees: f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
        let vectors = [at(0.0), at(90.0), at(10.0), at(20.0), at(95.0)];
        let vectors: Vec<&[f32]> = vectors.iter().map(|it| it.as_slice()).collect();
        let found = clusters(&vectors, 0.8).expect("equal widths");
        assert_eq!(found[0].members, [2, 0, 3]);
        assert_eq!(found[1].members.len(), 2);
        assert_eq!(clusters(&[], 0.8).expect("nothing").len(), 0);
        assert!(clusters(&[&[1.0], &[1.0, 0.0]], 0.5).is_err());
    }
}
