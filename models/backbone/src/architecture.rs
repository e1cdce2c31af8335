//! The members of the ResNet family, by the names that timm and torchvision give them.

use serde::Deserialize;

use crate::BackboneError;

/// Residual block (He et al. 2016, arXiv:1512.03385, figure 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Two 3x3 convolutions.
    Basic,
    /// 1x1, 3x3 and 1x1, four times as wide at its end; the stride lies on the 3x3.
    Bottleneck,
}

impl Block {
    /// How many times wider the output is than the block's channels.
    pub fn expansion(self) -> usize {
        match self {
            Self::Basic => 1,
            Self::Bottleneck => 4,
        }
    }
}

/// How the picture enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stem {
    /// One 7x7 convolution.
    Plain,
    /// Three 3x3 convolutions, and pooling before the shortcuts' 1x1 convolutions (ResNet-D,
    /// arXiv:1812.01187): timm's `resnetNNd`. Its first two are this wide.
    Deep(usize),
}

/// A network of the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Architecture {
    /// Kind of the blocks.
    pub block: Block,
    /// Blocks in each of the four stages.
    pub layers: [usize; 4],
    /// Channels of the blocks in each stage, before expansion.
    pub channels: [usize; 4],
    /// How the picture enters.
    pub stem: Stem,
}

/// Name, kind of block, blocks by stage. Each also exists with `d` behind its name.
const KNOWN: &[(&str, Block, [usize; 4])] = &[
    ("resnet18", Block::Basic, [2, 2, 2, 2]),
    ("resnet26", Block::Bottleneck, [2, 2, 2, 2]),
    ("resnet34", Block::Basic, [3, 4, 6, 3]),
    ("resnet50", Block::Bottleneck, [3, 4, 6, 3]),
    ("resnet101", Block::Bottleneck, [3, 4, 23, 3]),
    ("resnet152", Block::Bottleneck, [3, 8, 36, 3]),
];
/// Channels of the blocks, from table 1 of the paper.
const CHANNELS: [usize; 4] = [64, 128, 256, 512];
/// Channels of the plain stem, which timm does not let anybody change.
const STEM_LEN: usize = 64;
const DEEP_STEM_LEN: usize = 32;
/// Bounds for what a config may ask to be built.
const MAX_BLOCKS: usize = 64;
const MAX_CHANNELS: usize = 2048;

/// `model_args` of config.json: what a model changes of its architecture. Any other key is an
/// error, because it would change the network in a way that is not known here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelArgs {
    layers: Option<[usize; 4]>,
    channels: Option<[usize; 4]>,
    stem_width: Option<usize>,
}

impl Architecture {
    /// The architecture of this name.
    ///
    /// # Errors
    /// [`BackboneError::UnknownArchitecture`], with the names that are known.
    pub fn named(name: &str) -> Result<Self, BackboneError> {
        let (plain, stem) = match name.strip_suffix('d') {
            Some(plain) => (plain, Stem::Deep(DEEP_STEM_LEN)),
            None => (name, Stem::Plain),
        };
        let Some((_, block, layers)) = KNOWN.iter().find(|it| it.0 == plain) else {
            let known: Vec<String> =
                KNOWN.iter().flat_map(|it| [it.0.to_owned(), format!("{}d", it.0)]).collect();
            return Err(BackboneError::UnknownArchitecture {
                found: name.to_owned(),
                known: known.join(", "),
            });
        };
        Ok(Self { block: *block, layers: *layers, channels: CHANNELS, stem })
    }

    /// The same with a model's own changes.
    pub(crate) fn with(mut self, args: &ModelArgs) -> Result<Self, BackboneError> {
        let unsupported = |key: &str, found: String, supported: String| BackboneError::UnsupportedSetting {
            key: format!("model_args.{key}"),
            found,
            supported,
        };
        let within = |it: usize, most: usize| (1..=most).contains(&it);
        if let Some(layers) = args.layers {
            if !layers.iter().all(|it| within(*it, MAX_BLOCKS)) {
                return Err(unsupported("layers", format!("{layers:?}"), format!("1 to {MAX_BLOCKS}")));
            }
            self.layers = layers;
        }
        if let Some(channels) = args.channels {
            if !channels.iter().all(|it| within(*it, MAX_CHANNELS)) {
                return Err(unsupported("channels", format!("{channels:?}"), format!("1 to {MAX_CHANNELS}")));
            }
            self.channels = channels;
        }
        match (args.stem_width, &mut self.stem) {
            // Without a deep stem timm takes no notice of it, and gancho must build what timm builds.
            (None, _) | (Some(_), Stem::Plain) => {}
            (Some(width), Stem::Deep(stem)) if within(width, MAX_CHANNELS) => *stem = width,
            (Some(width), Stem::Deep(_)) => {
                return Err(unsupported("stem_width", width.to_string(), format!("1 to {MAX_CHANNELS}")));
            }
        }
        Ok(self)
    }

    /// Channels after the stem.
    pub fn stem_len(&self) -> usize {
        match self.stem {
            Stem::Plain => STEM_LEN,
            Stem::Deep(width) => 2 * width,
        }
    }

    /// Length of an embedding: channels after the last stage, 512 or 2048 for the named ones.
    pub fn embedding_len(&self) -> usize {
        self.channels[3] * self.block.expansion()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embeddings_are_as_long_as_timm_says() {
        for (name, len) in [("resnet18", 512), ("resnet34d", 512), ("resnet26", 2048), ("resnet152d", 2048)] {
            assert_eq!(Architecture::named(name).expect("known").embedding_len(), len, "{name}");
        }
    }

    #[test]
    fn an_unknown_architecture_lists_the_known_ones() {
        let error = Architecture::named("convnext_tiny").expect_err("another family");
        let text = error.to_string();
        assert!(text.contains("convnext_tiny") && text.contains("resnet18, resnet18d, resnet26"), "{text}");
        assert!(Architecture::named("d").is_err() && Architecture::named("resnet50dd").is_err());
    }

    #[test]
    fn a_model_may_change_depth_and_width_within_reason() {
        let args = |text: &str| serde_json::from_str::<ModelArgs>(text).expect("arguments");
        let resnet = |name: &str| Architecture::named(name).expect("known");
        let tiny = args(r#"{"layers": [1, 1, 1, 1], "channels": [4, 8, 16, 32], "stem_width": 4}"#);
        let plain = resnet("resnet18").with(&tiny).expect("small");
        assert_eq!((plain.embedding_len(), plain.stem_len()), (32, 64));
        let deep = resnet("resnet26d").with(&tiny).expect("small");
        assert_eq!((deep.embedding_len(), deep.stem_len()), (128, 8));
        for text in
            [r#"{"layers": [0, 1, 1, 1]}"#, r#"{"channels": [1, 1, 1, 4096]}"#, r#"{"stem_width": 0}"#]
        {
            assert!(resnet("resnet50d").with(&args(text)).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<ModelArgs>(r#"{"output_stride": 8}"#).is_err());
    }
}
